package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.Ledger;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** At planned times each feed is compared; what nobody was told of is told. */
class PlannedReconciliationTest extends LoadingTest {

    @Test
    void aBatchThatTheClusterHasLostIsTold_andAFeedThatAgreesIsNot() throws Exception {
        Pipeline instance = launch(pipeline("batchSize", "1")
                .also("housekeeping/reconcile")
                .with("caravan.reconcile", "true")
                .with("caravan.reconcile-at", "0/3 * * * * ?")
                .feed("other", "prefix", landing.bucket() + "/other/", "table", "public." + table + "_2"));
        Ledger ledger = instance.ledger();
        put("web/1.csv", "1,x\n");
        await().until(() -> batch(ledger, "web/1.csv").status() == BatchStatus.COMPLETE);
        await().until(() -> missing(instance, "web").equals(Optional.of(0.0)));
        cluster.run("DELETE FROM caravan.\"public." + table + "\"");

        JsonNode message = message(landing.failedQueueUrl(), "differs");
        assertThat(message.path("feed").asText()).isEqualTo("web");
        assertThat(message.path("severity").asText()).isEqualTo("warning");
        assertThat(message.path("counts")).hasToString("{\"missing\":1}");
        assertThat(message.at("/differences/0/what").asText())
                .isEqualTo(batch(ledger, "web/1.csv").id());
        assertThat(message.at("/differences/0/note").asText()).contains("restored from a backup?");
        await().until(() -> missing(instance, "web").equals(Optional.of(1.0)));
        assertThat(missing(instance, "other")).hasValue(0.0);
    }

    private static Optional<Double> missing(Pipeline instance, String feed) {
        MeterRegistry meters = instance.context().getRegistry().findSingleByType(MeterRegistry.class);
        return Optional.ofNullable(meters.find("caravan.differences")
                        .tags("feed", feed, "kind", "missing")
                        .gauge())
                .map(Gauge::value);
    }
}
