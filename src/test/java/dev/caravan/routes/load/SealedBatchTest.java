package dev.caravan.routes.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.Progress;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Sealing;
import dev.caravan.routes.LoadingTest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A batch that was sealed from given files is loaded by the shipped routes as any other, and its progress with it. */
class SealedBatchTest extends LoadingTest {
    @Test
    void aSealedBatchIsLoadedOnce_withItsProgress_andOneThatWasPassedByIsToldOf() throws Exception {
        Ledger ledger = start("prefix", landing.bucket() + "/elsewhere/").ledger();
        Batch first = seal(ledger, "run1", "a", new Progress("shop", 1, "noon", 3));
        await().until(() -> ledger.find(first.id()).orElseThrow().status() == BatchStatus.COMPLETE);
        assertThat(ids()).containsExactly("1", "2", "3");
        assertThat(progress()).containsExactly("noon");
        assertThat(message(landing.loadedQueueUrl(), "loaded").path("batchId").asText())
                .isEqualTo(first.id());

        Batch passedBy = seal(ledger, "run2", "b", new Progress("shop", 1, "late", 3));
        assertThat(message(landing.failedQueueUrl(), "failed").path("error").asText())
                .contains("since the run was planned, the cluster's progress was changed");
        await().until(() -> ledger.find(passedBy.id()).orElseThrow().status() == BatchStatus.ERROR);
        assertThat(ids()).containsExactly("1", "2", "3");
        assertThat(progress()).containsExactly("noon");
    }

    private Batch seal(Ledger ledger, String run, String folder, Progress progress) throws Exception {
        List<FileEntry> files = IntStream.rangeClosed(1, 3)
                .mapToObj(i -> {
                    put("parts/" + folder + i + ".csv", i + ",x\n");
                    return new FileEntry("web", url("parts/" + folder + i + ".csv"), "1", 4, Instant.EPOCH);
                })
                .toList();
        return new Sealing(ledger, Clock.systemUTC()).seal("web", run, files, Optional.of(progress));
    }

    private List<String> progress() {
        return cluster.column("SELECT value FROM caravan.\"progress:public." + table + "\" ORDER BY step");
    }
}
