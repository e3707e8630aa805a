package dev.caravan.operate.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.batch.Batch;
import dev.caravan.cli.LookTest;
import dev.caravan.startup.Installation;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The MBean of the batches shows what {@code list batches} does. */
class ManagedBatchesTest extends LookTest {

    @Test
    void batchesAreListedNewestFirst_withTheNotesOfListBatches() throws Exception {
        Batch failed = failed(now.minusSeconds(90), "no table", file("web", "web/1.csv", now));
        Batch good = failed(now.minusSeconds(80), "no table", file("web", "web/2.csv", now));
        ledger.makeGood(good, "by others");
        Batch waits = locked(now.minusSeconds(70), file("web", "web/3.csv", now));
        holds.holdCluster("redshift", "resizing", waits.id());
        ledger.hold(waits, "redshift", "what it said then");
        Batch loaded = complete(now.minusSeconds(60), file("shop", "shop/1.csv", now));
        Batch refused = refused(
                locked(now.minusSeconds(50), file("shop", "shop/2.csv", now)),
                file("shop", "shop/2.csv", now),
                "redshift");
        loaded(refused, "redshift", 1);
        end(refused);

        try (Installation installation = Installation.open()) {
            ManagedBatches batches = batches(installation);
            assertThat(batches.getFailed()).extracting(row -> row.get("id")).containsExactly(failed.id());
            assertThat(batches.getRecent())
                    .extracting(row -> row.get("id") + " " + row.get("note"))
                    .containsExactlyElementsOf(listed())
                    .containsSubsequence(
                            refused.id() + " 1 quarantined",
                            loaded.id() + " ",
                            good.id() + " failed; other batches have loaded its files since",
                            failed.id() + " redshift: no table")
                    .anyMatch(line -> line.contains(waits.id()) && line.contains(": resizing (found by instance "));
        }
    }

    private static ManagedBatches batches(Installation installation) {
        LedgerView view = new LedgerView(
                installation.reader(),
                installation.pauses(),
                installation.heldForAll(),
                now -> Optional.empty(),
                Clock.systemUTC());
        return new ManagedBatches(view, installation.reader(), installation.reprocessor(), installation.operator());
    }

    private List<String> listed() {
        List<String> listed = new ArrayList<>();
        for (JsonNode batch : json("list", "batches")) {
            listed.add(batch.path("id").asText() + " " + batch.path("note").asText());
        }
        return listed;
    }
}
