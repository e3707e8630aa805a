package dev.caravan.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.bench.count.CallCounter;
import dev.caravan.sandbox.bench.count.Counted;
import dev.caravan.sandbox.faults.Observer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What files cost may not grow beyond what is aimed at. The queue is full from the start, so that files share writes however slow the machine is. */
class CostTest {
    private static final int FILES = 2000;

    /** Of a file, its share of the start included; one statement asks for ten which of their objects are overwritten. */
    private static final double MOST_CALLS = 0.2, MOST_WRITE_UNITS = 3, MOST_READ_UNITS = 1.2;

    /** What is asked every so many seconds, however many files there are: on a slow machine a file would have a larger share of it. */
    private static final Set<String> BY_THE_CLOCK =
            Set.of("ledger renew", "ledger pauses", "ledger instance", "ledger failed");

    private final Sandbox sandbox = SharedSandbox.get();

    @BeforeEach
    void copyLoadsNothing() {
        sandbox.redshift().faults().reading("empty-copy forever").run();
    }

    @AfterEach
    void copyLoads() {
        sandbox.redshift().faults().clear();
        sandbox.observe(Observer.NONE);
    }

    @Test
    void aFileCostsNoMoreCallsAndCapacityThanIsAimedAt_whateverItsBatchsSize() {
        Counted small = load(100);
        Counted large = load(1000);

        assertThat(List.of(small, large)).allSatisfy(counted -> {
            assertThat(counted.calls("dynamodb") / (double) FILES).isBetween(0.01, MOST_CALLS);
            assertThat(counted.writeUnits() / FILES).isBetween(1.0, MOST_WRITE_UNITS);
            assertThat(counted.readUnits() / FILES).isBetween(0.001, MOST_READ_UNITS);
        });
        assertThat(large.writeUnits()).isLessThan(1.1 * small.writeUnits());
    }

    private Counted load(int batchSize) {
        BenchFeed feed = new BenchFeed(batchSize, batchSize, 3600);
        new ClusterSql(sandbox.environment()).run(feed.createTable());
        Landing landing = SharedSandbox.landing();
        CallCounter counter = new CallCounter(Duration.ZERO);
        Filling.atOnce(
                new Events(sandbox.sqs(), landing.queueUrl(), landing.bucket(), List.of(feed), 100), "cost", FILES);
        Endings endings = new Endings(sandbox.sqs(), landing);
        try (Pipeline pipeline = new Pipeline(landing, "cost-" + batchSize)
                .with("caravan.ledger.scan-interval", "1h")
                .feed(
                        feed.name(),
                        "prefix",
                        landing.bucket() + "/in/" + feed.name() + "/",
                        "table",
                        feed.table(),
                        "batchSize",
                        Integer.toString(batchSize),
                        "batchTimeout",
                        "1h")) {
            sandbox.observe(counter);
            pipeline.start();
            await().atMost(Duration.ofMinutes(2)).until(() -> endings.files() == FILES);
            // Told, but the ledger may not have heard yet that the last batch has ended.
            await().until(() -> counter.snapshot().calls().stream()
                    .filter(call -> call.step().equals("ledger confirm")
                            && call.operation().equals("UpdateItem"))
                    .anyMatch(call -> call.calls() == FILES / batchSize));
        }
        return new Counted(counter.snapshot().calls().stream()
                .filter(call -> !BY_THE_CLOCK.contains(call.step()))
                .toList());
    }
}
