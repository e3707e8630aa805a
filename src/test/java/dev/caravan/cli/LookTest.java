package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.batch.Stage;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.DynamoDbLedger;
import dev.caravan.ledger.notes.DynamoDbClusterHolds;
import dev.caravan.ledger.notes.DynamoDbFeedPauses;
import dev.caravan.outcome.BadRow;
import dev.caravan.outcome.Outcome;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.faults.Call;
import dev.caravan.sandbox.faults.Observer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of the commands that show something share: a real ledger of their own, in which batches are put as routes would put them. */
public abstract class LookTest {
    private static final DateTimeFormatter ID_TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);

    protected final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    protected final Landing landing = SharedSandbox.landing();
    private final String tables = "look-" + UUID.randomUUID().toString().substring(0, 8);
    protected final LedgerSettings ledgerSettings =
            new LedgerSettings(tables, "test", Duration.ofMinutes(1), Duration.ofDays(1));
    private final Clock clock = Clock.tickMillis(ZoneOffset.UTC);
    protected final DynamoDbLedger ledger =
            new DynamoDbLedger(SharedSandbox.get().dynamoDb(), ledgerSettings, clock);
    protected final DynamoDbFeedPauses pauses =
            new DynamoDbFeedPauses(SharedSandbox.get().dynamoDb(), ledgerSettings, clock);
    protected final DynamoDbClusterHolds holds =
            new DynamoDbClusterHolds(SharedSandbox.get().dynamoDb(), ledgerSettings, clock);
    private int batches;
    protected String err = "";

    @TempDir
    protected Path folder;

    @BeforeEach
    protected void installation() throws Exception {
        ledger.createTables();
        Path feeds = Files.writeString(folder.resolve("feeds.camel.yaml"), """
                - beans:
                    - name: web
                      type: dev.caravan.feed.Feed
                      properties:
                        prefix: %1$s/web/
                        filter: .*\\.csv
                        table: public.web_log
                        batchTimeout: 2m
                    - name: shop
                      type: dev.caravan.feed.Feed
                      properties:
                        prefix: %1$s/shop/
                        table: public.shop
                        clusters: east, west
                """.formatted(landing.bucket()));
        settings(Map.of(
                "camel.main.routesIncludePattern",
                "file:" + feeds,
                "caravan.ledger.table-prefix",
                tables,
                "caravan.queue",
                landing.queueName(),
                "caravan.dead-letter-queue",
                landing.deadLetterQueueName(),
                "caravan.no-load-windows",
                "",
                "caravan.s3.path-style",
                "true"));
    }

    private final List<String> set = new ArrayList<>();

    /** Settings as environment variables would override them. */
    protected void settings(Map<String, String> values) {
        values.forEach((key, value) -> {
            System.setProperty(key, value);
            set.add(key);
        });
    }

    @AfterEach
    protected void forget() {
        set.forEach(System::clearProperty);
        SharedSandbox.get().observe(Observer.NONE);
        SharedSandbox.get().awsFaults().clear();
    }

    /** The lines that a command prints. */
    protected List<String> run(int exitCode, String... args) {
        StringWriter out = new StringWriter();
        StringWriter errors = new StringWriter();
        int code = Commands.run(args, new PrintWriter(out, true), new PrintWriter(errors, true));
        err = errors.toString();
        assertThat(code).as(err).isEqualTo(exitCode);
        return out.toString().lines().toList();
    }

    /** What a command prints for scripts, checked against its schema. */
    protected JsonNode json(String... args) {
        String[] all =
                Stream.concat(Stream.of(args), Stream.of("--output", "json")).toArray(String[]::new);
        return Schemas.check(String.join(" ", run(0, all)), args);
    }

    /** How many times a command calls DynamoDB. */
    protected long calls(String... args) {
        List<String> seen = new CopyOnWriteArrayList<>();
        SharedSandbox.get().observe(new Observer() {
            @Override
            public void before(Call call) {
                if (call.service().equals("dynamodb")) {
                    seen.add(call.step());
                }
            }
        });
        run(0, args);
        SharedSandbox.get().observe(Observer.NONE);
        return seen.size();
    }

    protected String url(String key) {
        return "s3://" + landing.bucket() + "/" + key;
    }

    protected FileEntry file(String feed, String key, Instant created) {
        return new FileEntry(feed, url(key), "v1", 10, created);
    }

    /** An open batch whose first file came then. */
    protected Batch open(Instant first, FileEntry... files) throws Exception {
        return ledger.add(fresh(first, files), List.of(files));
    }

    protected Batch locked(Instant first, FileEntry... files) throws Exception {
        return ledger.lock(fresh(first, files), List.of(files), "size");
    }

    private Batch fresh(Instant first, FileEntry... files) {
        String feed = files[0].feed();
        String id = feed + "-" + ID_TIME.format(first) + "%08d".formatted(++batches);
        return Batch.fresh(id, feed, feed, Batch.SHARED, first, first.plusSeconds(120));
    }

    protected Batch complete(Instant first, FileEntry... files) throws Exception {
        Batch batch = locked(first, files);
        loaded(batch, "redshift", 1);
        return end(batch);
    }

    protected Batch failed(Instant first, String reason, FileEntry... files) throws Exception {
        Batch batch = locked(first, files);
        ledger.outcome(batch, new Outcome.Failed("redshift", now, reason, "42P01", List.of()));
        return end(batch);
    }

    protected void loaded(Batch batch, String cluster, int attempt) {
        String manifest = "s3://ops/" + batch.feed() + "/" + batch.id() + "-" + attempt + ".manifest";
        ledger.outcome(batch, new Outcome.Loaded(cluster, now, 5, 1, manifest));
    }

    protected Batch refused(Batch batch, FileEntry file, String cluster) throws Exception {
        BadRow cause = new BadRow(file.url(), 2, "id", "three", 1207, "Invalid digit");
        return ledger.quarantine(batch, List.of(new QuarantinedFile(file, cluster, 1, cause)));
    }

    protected Batch end(Batch batch) {
        ledger.reach(batch, Stage.NOTIFY);
        return ledger.confirm(batch.id()).orElseThrow();
    }
}
