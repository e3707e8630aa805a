package dev.caravan.routes.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.caravan.ledger.Ledger;
import dev.caravan.routes.LoadingTest;
import dev.caravan.routes.Pipeline;
import dev.caravan.routes.SecondCluster;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A table whose loads take longer than its files take to come. */
class OverloadTest extends LoadingTest {
    private static final int BATCHES = 40;

    @AfterEach
    void clear() {
        SecondCluster.server().faults().clear();
    }

    @Test
    void whatIsBeyondTheBoundWaitsInTheLedgerWithoutALease_andIsLoadedOnceAndInOrder() throws Exception {
        SharedSandbox.get().redshift().faults().add("slow match=\"^\\s*COPY\" ms=60000 forever");
        Ledger ledger = launch(overloaded()).ledger();
        putAll();
        await().until(() -> waiting(ledger) >= BATCHES - 12 && unlisted(ledger) == 0);
        assertThat(owned()).isLessThanOrEqualTo(12);
        SharedSandbox.get().redshift().faults().clear();
        await().atMost(Duration.ofSeconds(90)).until(() -> ids().size() == BATCHES);
        messages(landing.loadedQueueUrl(), BATCHES);
        assertThat(ids()).doesNotHaveDuplicates();
        List<String> loaded = cluster.column("SELECT batch FROM caravan.\"public." + table + "\" ORDER BY ctid");
        List<String> oldestFirst = loaded.stream().sorted().toList();
        assertThat(loaded)
                .allSatisfy(
                        batch -> assertThat(loaded.indexOf(batch)).isCloseTo(oldestFirst.indexOf(batch), within(8)));
    }

    @Test
    void aClusterThatIsSlowDelaysNothingInAnotherOne() {
        ClusterSql second = SecondCluster.sql();
        second.run("CREATE TABLE public." + table + " (id INT, name VARCHAR(20))");
        SharedSandbox.get().redshift().faults().add("slow match=\"^\\s*COPY\" ms=60000 forever");
        launch(SecondCluster.addTo(overloaded("clusters", "redshift,second")));
        putAll();
        await().atMost(Duration.ofSeconds(60)).until(() -> ids(second).size() == BATCHES);
        assertThat(ids()).isEmpty();
        SharedSandbox.get().redshift().faults().clear();
        await().atMost(Duration.ofSeconds(90)).until(() -> ids().size() == BATCHES);
        assertThat(ids(second)).hasSize(BATCHES).doesNotHaveDuplicates();
    }

    @Test
    void anInstanceThatStopsLetsGoOfWhatWaitsForItsTurn_beforeItHasWaitedForTheLoadThatRuns() throws Exception {
        SharedSandbox.get().redshift().faults().add("slow match=\"^\\s*COPY\" ms=60000 forever");
        Pipeline first = launch(overloaded().with("camel.main.shutdownTimeout", "20"));
        Ledger ledger = first.ledger();
        putAll();
        await().until(() -> waiting(ledger) >= BATCHES - 12 && unlisted(ledger) == 0);
        assertThat(owned()).isGreaterThan(2);
        Thread stop = new Thread(first::close);
        Instant begin = Instant.now();
        stop.start();
        await().until(() -> owned() <= 1);
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
        assertThat(stop.isAlive()).isTrue();
        SharedSandbox.get().redshift().faults().clear();
        stop.join();
        launch(overloaded());
        await().atMost(Duration.ofSeconds(90)).until(() -> ids().size() == BATCHES);
        assertThat(ids()).doesNotHaveDuplicates();
    }

    private Pipeline overloaded(String... more) {
        List<String> properties = new ArrayList<>(List.of("batchSize", "1"));
        properties.addAll(List.of(more));
        return pipeline(properties.toArray(String[]::new)).with("caravan.load.waiting", "4");
    }

    private void putAll() {
        IntStream.range(0, BATCHES).forEach(i -> put("web/" + i + ".csv", i + ",x\n"));
    }

    private static int waiting(Ledger ledger) {
        return ledger.waitedFor().stream()
                .mapToInt(list -> ledger.held(list).size())
                .sum();
    }

    /** Files of which nothing is known yet. */
    private long unlisted(Ledger ledger) {
        return IntStream.range(0, BATCHES)
                .filter(i -> ledger.known(url("web/" + i + ".csv")).isEmpty())
                .count();
    }

    /** Batches that an instance has to renew. */
    private int owned() {
        return SharedSandbox.get()
                .dynamoDb()
                .query(r -> r.tableName("load-" + table.replace('_', '-') + "-batches")
                        .keyConditionExpression("feed = :feed")
                        .filterExpression("attribute_exists(#owner)")
                        .expressionAttributeNames(Map.of("#owner", "owner"))
                        .expressionAttributeValues(Map.of(":feed", AttributeValue.fromS("web"))))
                .count();
    }
}
