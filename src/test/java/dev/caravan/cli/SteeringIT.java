package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.LogOf;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.Ledger;
import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** An operator steers a running instance with the packaged jar: a resize fails loads, and all of it is loaded in the end. */
class SteeringIT {
    private final Landing landing = SharedSandbox.landing();
    private final ClusterSql cluster = new ClusterSql(SharedSandbox.get().environment());

    @AfterEach
    void clear() {
        SharedSandbox.get().redshift().faults().clear();
    }

    @Test
    void aResizeFailsLoads_theOperatorSeesWhy_andOneCommandLoadsThemAll() throws Exception {
        cluster.run("CREATE TABLE public.steered (id INT, name VARCHAR(20))");
        SharedSandbox.get().redshift().faults().add("resize match=COPY forever");
        // With automatic retries as good as off, and the name of a feed that the checkout has.
        try (LogOf log = LogOf.messages("dev.caravan.redshift.admission");
                Pipeline instance = new Pipeline(landing, "steering-it")
                        .with("caravan.load.retry-for", "1s")
                        .feed(
                                "weather",
                                "prefix",
                                landing.bucket() + "/weather/",
                                "table",
                                "public.steered",
                                "batchSize",
                                "2",
                                "batchTimeout",
                                "1h")
                        .start()) {
            Ledger ledger = instance.ledger();
            IntStream.rangeClosed(1, 6).forEach(this::put);
            await().until(() -> IntStream.rangeClosed(1, 6).allMatch(i -> has(ledger, i, BatchStatus.ERROR)));
            Batch failed = batch(ledger, 1);
            assertThat(caravan(0, "describe", "batch", failed.id()).out())
                    .anyMatch(line -> line.contains("redshift: failed at") && line.contains("resize mode"));
            SharedSandbox.get().redshift().faults().clear();
            assertThat(ids()).isEmpty();

            assertThat(caravan(1, "reprocess", "batches").err()).contains("Reprocess 3 batches? There is no terminal");
            assertThat(caravan(0, "pause", "feed", "weather", "--reason", "one first")
                            .out())
                    .hasSize(1);
            await().until(() -> log.lines("Feed weather is paused since ").size() == 1);
            assertThat(caravan(0, "reprocess", "batch", failed.id()).out())
                    .hasSizeBetween(2, 3) // that the feed is paused, and, as long as it is, that the cluster is held
                    .first()
                    .isEqualTo("batch " + failed.id()
                            + " is locked again: a running instance loads it into cluster redshift");
            await().until(() -> ledger.held("feed:weather").stream()
                    .map(Ledger.Held::id)
                    .toList()
                    .contains(failed.id()));
            assertThat(caravan(0, "unlock", "batch", failed.id()).out())
                    .first()
                    .asString()
                    .startsWith("batch " + failed.id() + " is free");
            assertThat(ids()).isEmpty();
            assertThat(caravan(0, "resume", "feed", "weather").out()).hasSize(1);
            await().until(() -> has(ledger, 1, BatchStatus.COMPLETE));
            assertThat(ids()).hasSize(2);

            assertThat(caravan(0, "reprocess", "batches", "--status", "error", "--yes")
                            .out())
                    .filteredOn(line -> line.endsWith("a running instance loads it into cluster redshift"))
                    .hasSize(2);
            await().until(() -> ids().equals(List.of("1", "2", "3", "4", "5", "6")));

            put(7);
            await().until(() -> ledger.open("weather", "weather", Batch.SHARED).isPresent());
            assertThat(caravan(0, "flush", "feed", "weather").out())
                    .singleElement()
                    .asString()
                    .contains("(1 file, 4 B) is due now");
            assertThat(log.lines("Feed weather is resumed after ")).hasSize(1);
            await().until(() -> ids().size() == 7);
            await().until(() -> IntStream.rangeClosed(1, 7).allMatch(i -> has(ledger, i, BatchStatus.COMPLETE)));
            assertThat(caravan(0, "delete", "batches", "--status", "complete", "--until", "0s", "--yes")
                            .out())
                    .last()
                    .isEqualTo("4 batches are deleted");
            assertThat(ledger.find(failed.id())).isEmpty();
        }
    }

    private boolean has(Ledger ledger, int file, BatchStatus status) {
        return !ledger.known(url(file)).isEmpty() && batch(ledger, file).status() == status;
    }

    private Batch batch(Ledger ledger, int file) {
        return ledger.find(ledger.known(url(file)).get(0).batch()).orElseThrow();
    }

    private List<String> ids() {
        return cluster.column("SELECT id FROM public.steered ORDER BY id");
    }

    private String url(int file) {
        return "s3://" + landing.bucket() + "/weather/" + file + ".csv";
    }

    private void put(int file) {
        SharedSandbox.get()
                .s3()
                .putObject(
                        r -> r.bucket(landing.bucket()).key("weather/" + file + ".csv"),
                        RequestBody.fromString(file + ",x\n"));
    }

    private static CaravanCommand caravan(int exitCode, String... arguments) throws Exception {
        Map<String, String> environment = new HashMap<>(SharedSandbox.get().environment());
        environment.put("CARAVAN_LEDGER_TABLE_PREFIX", "steering-it");
        CaravanCommand command = CaravanCommand.run(environment, arguments);
        assertThat(command.exitCode()).as(command.toString()).isEqualTo(exitCode);
        return command;
    }
}
