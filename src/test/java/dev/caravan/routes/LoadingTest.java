package dev.caravan.routes;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.batch.Batch;
import dev.caravan.batch.Reprocessing;
import dev.caravan.ledger.BatchSteering;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.DynamoDbBatchSteering;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What tests of the shipped routes share: a landing and a table of their own, and instances that are stopped in the end. */
public abstract class LoadingTest {
    protected static final ObjectMapper JSON = new ObjectMapper();
    private static int tests;

    protected final ClusterSql cluster = new ClusterSql(SharedSandbox.get().environment());
    private final List<Pipeline> instances = new ArrayList<>();
    protected Landing landing = SharedSandbox.landing();
    protected String table = "";

    @BeforeEach
    protected void tableOfItsOwn() {
        table = "load_" + ++tests;
        cluster.run("CREATE TABLE public." + table + " (id INT, name VARCHAR(200))");
    }

    @AfterEach
    protected void stop() {
        SharedSandbox.get().redshift().faults().clear();
        SharedSandbox.get().redshift().quirks().clear();
        SharedSandbox.get().awsFaults().clear();
        instances.forEach(Pipeline::close);
    }

    protected Pipeline start(String... feedProperties) {
        return launch(pipeline(feedProperties));
    }

    protected Pipeline pipeline(String... feedProperties) {
        // Who says how many files make a batch has so many put before its time is up, on a slow machine, too.
        String timeout = List.of(feedProperties).contains("batchSize") ? "6s" : "2s";
        List<String> all = new ArrayList<>(
                List.of("prefix", landing.bucket() + "/web/", "table", "public." + table, "batchTimeout", timeout));
        all.addAll(List.of(feedProperties));
        return new Pipeline(landing, "load-" + table.replace('_', '-')).feed("web", all.toArray(String[]::new));
    }

    protected Pipeline launch(Pipeline pipeline) {
        instances.add(pipeline.start());
        return pipeline;
    }

    /** A data source of another name, for the same database. */
    protected static Pipeline second(Pipeline pipeline) {
        return pipeline.with("camel.beans.second", "#class:com.zaxxer.hikari.HikariDataSource")
                .with("camel.beans.second.jdbcUrl", "{{caravan.redshift.url}}")
                .with("camel.beans.second.username", "{{caravan.redshift.user}}")
                .with("camel.beans.second.password", "{{caravan.redshift.password}}")
                .with("camel.beans.second.minimumIdle", "0")
                .with("camel.beans.second.dataSourceProperties.enableFetchRingBuffer", "false");
    }

    protected void put(String key, String content) {
        SharedSandbox.get().s3().putObject(r -> r.bucket(landing.bucket()).key(key), RequestBody.fromString(content));
    }

    protected void put(String key, byte[] content) {
        SharedSandbox.get().s3().putObject(r -> r.bucket(landing.bucket()).key(key), RequestBody.fromBytes(content));
    }

    protected String record(String encodedKey) {
        return """
                {"eventName":"ObjectCreated:Put","eventTime":"2026-01-31T12:00:00Z","s3":{"bucket":{"name":"%s"},
                "object":{"key":"%s","size":4,"eTag":"e1"}}}""".formatted(landing.bucket(), encodedKey);
    }

    protected List<String> ids() {
        return ids(cluster);
    }

    /** The first column of this test's table in a cluster, in order. */
    protected List<String> ids(ClusterSql of) {
        return of.column("SELECT id FROM public." + table + " ORDER BY id");
    }

    protected String url(String key) {
        return "s3://" + landing.bucket() + "/" + key;
    }

    /** The batch of an object, once the ledger knows it. */
    protected Batch batch(Ledger ledger, String key) {
        await().until(() -> !ledger.known(url(key)).isEmpty());
        return ledger.find(ledger.known(url(key)).get(0).batch()).orElseThrow();
    }

    protected List<Message> parked() {
        return SharedSandbox.get()
                .sqs()
                .receiveMessage(r -> r.queueUrl(landing.deadLetterQueueUrl())
                        .messageAttributeNames("All")
                        .waitTimeSeconds(1))
                .messages();
    }

    /** How many messages the queue has, visible or being handled. */
    protected Map<QueueAttributeName, String> waitingEvents() {
        return SharedSandbox.get()
                .sqs()
                .getQueueAttributes(r -> r.queueUrl(landing.queueUrl())
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes();
    }

    /** The first message that is of this kind; those that come before it are dropped. */
    protected static JsonNode message(String queueUrl, String what) throws Exception {
        while (true) {
            for (JsonNode message : messages(queueUrl, 1)) {
                if (message.path("what").asText().equals(what)) {
                    return message;
                }
            }
        }
    }

    protected static List<JsonNode> messages(String queueUrl, int count) throws Exception {
        List<Message> messages = new ArrayList<>();
        await().until(() -> {
            messages.addAll(SharedSandbox.get()
                    .sqs()
                    .receiveMessage(
                            r -> r.queueUrl(queueUrl).maxNumberOfMessages(10).waitTimeSeconds(1))
                    .messages());
            return messages.size() >= count;
        });
        List<JsonNode> bodies = new ArrayList<>();
        for (Message message : messages) {
            SharedSandbox.get().sqs().deleteMessage(r -> r.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
            bodies.add(
                    JSON.readTree(JSON.readTree(message.body()).path("Message").asText()));
        }
        return bodies;
    }

    /** What {@code caravan reprocess batch} does. */
    protected void reprocess(Batch batch) throws Exception {
        steering()
                .reprocess(
                        batch,
                        Reprocessing.of(batch, List.of("redshift"), Optional.empty())
                                .again(),
                        List.of());
    }

    protected BatchSteering steering() {
        return new DynamoDbBatchSteering(SharedSandbox.get().dynamoDb(), settings(), Clock.systemUTC());
    }

    protected LedgerSettings settings() {
        return new LedgerSettings(
                "load-" + table.replace('_', '-'), "alice", Duration.ofMinutes(1), Duration.ofDays(1));
    }
}
