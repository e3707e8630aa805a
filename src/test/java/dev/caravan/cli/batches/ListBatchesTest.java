package dev.caravan.cli.batches;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.cli.LookTest;
import dev.caravan.ledger.FeedPauses;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code caravan list batches} and {@code caravan describe batch}. */
class ListBatchesTest extends LookTest {

    @Test
    void batchesAreShownNewestFirst_withWhatTheyWaitForOrWhyTheyFailed() throws Exception {
        Batch open = open(now.minusSeconds(10), file("web", "web/1.csv", now));
        Batch held = locked(now.minusSeconds(20), file("shop", "shop/2.csv", now));
        ledger.hold(held, "west", "resizing");
        holds.holdCluster("west", "resizing", held.id());
        Batch failed = failed(now.minusSeconds(30), "no\nsuch table " + "x".repeat(200), file("web", "web/3.csv", now));
        Batch loaded = complete(now.minusSeconds(40), file("web", "web/4.csv", now));
        List<String> lines = run(0, "list", "batches");
        assertThat(lines.get(0).split(" +")).containsExactlyElementsOf(BatchSummary.COLUMNS);
        assertThat(lines.get(1)).matches(open.id() + " +web +open +1 +10 B +\\d+ s +due " + open.due());
        assertThat(lines.get(2))
                .startsWith(held.id())
                .matches(".* waits for west: cluster west is held since \\S+: resizing \\(found by instance test\\)");
        assertThat(lines.get(3))
                .startsWith(failed.id())
                .contains("redshift: no such table xxx")
                .endsWith("x…");
        assertThat(lines.get(4)).matches(loaded.id() + " +web +complete +1 +10 B +\\d+ s");
        assertThat(json("list", "batches").findValuesAsText("status"))
                .containsExactly("open", "locked", "error", "complete");
        assertThat(ids("--feed", "web")).containsExactly(open.id(), failed.id(), loaded.id());
        assertThat(ids("--feed", "web", "--status", "error,open")).containsExactly(open.id(), failed.id());
        assertThat(ids("--status", "locked")).containsExactly(held.id());
        assertThat(ids(
                        "--since",
                        now.minusSeconds(35).toString(),
                        "--until",
                        now.minusSeconds(15).toString()))
                .containsExactly(held.id(), failed.id());
        assertThat(ids("--limit", "1")).containsExactly(open.id());
        assertThat(run(0, "list", "batches", "--since", "2100-01-01")).containsExactly("No batch fits");
    }

    @Test
    void aWaitThatIsOverIsNotShownAsAWait() throws Exception {
        Batch held = locked(now.minusSeconds(20), file("shop", "shop/1.csv", now));
        ledger.hold(held, "west", "cluster west is held since yesterday: resizing");
        assertThat(run(0, "list", "batches").get(1)).endsWith("cluster west takes loads again: it is loaded next");
        assertThat(run(0, "describe", "batch", held.id()))
                .contains("Status       locked (cluster west takes loads again: it is loaded next)");
        ledger.resume(held.id(), "west");
        assertThat(run(0, "list", "batches").get(1)).endsWith("stage manifest");

        Batch paused = locked(now.minusSeconds(10), file("web", "web/1.csv", now));
        pauses.pause("web", "the table is altered");
        ledger.hold(paused, FeedPauses.waitedFor("web"), "feed web is paused: the table is altered");
        assertThat(run(0, "list", "batches").get(1)).endsWith("waits: feed web is paused: the table is altered");
        pauses.resume("web");
        assertThat(run(0, "list", "batches").get(1)).endsWith("feed web is paused no more: it is loaded next");
    }

    @Test
    void theFewThatFailedAreFoundWithoutReadingAllThatWereLoaded() throws Exception {
        Batch failed = failed(now.minusSeconds(2000), "no such table", file("web", "web/bad.csv", now));
        for (int i = 0; i < 30; i++) {
            complete(now.minusSeconds(1000L - i), file("web", "web/" + i + ".csv", now));
        }
        long few = calls("list", "batches", "--feed", "web", "--status", "error");
        assertThat(ids("--feed", "web", "--status", "error")).containsExactly(failed.id());
        assertThat(few).isLessThanOrEqualTo(3);
    }

    @Test
    void aBatchIsDescribed() throws Exception {
        List<FileEntry> files = IntStream.range(0, 25)
                .mapToObj(i -> file("web", "web/" + i + ".csv", now))
                .toList();
        Batch batch = refused(locked(now.minusSeconds(60), files.toArray(FileEntry[]::new)), files.get(3), "redshift");
        loaded(batch, "redshift", 2);
        end(batch);
        List<String> lines = run(0, "describe", "batch", batch.id());
        assertThat(lines)
                .contains("Batch        " + batch.id(), "Feed         web", "Files        25, 250 B")
                .contains("Status       complete (1 quarantined)")
                .contains("  redshift: loaded 5 rows in 1 ms, at " + now)
                .contains("  " + files.get(3).url()
                        + " line 2 column id in cluster redshift: Invalid digit (value 'three')")
                .contains("  … and 5 more (--files 25 shows all)")
                .anyMatch(line -> line.matches("  \\S+  locked +test  size"));
        JsonNode json = json("describe", "batch", batch.id(), "--files", "0");
        assertThat(json.path("files")).isEmpty();
        assertThat(json.path("fileCount").asInt()).isEqualTo(25);
        Batch failed = failed(now.minusSeconds(30), "no such table", file("web", "web/x.csv", now));
        assertThat(json("describe", "batch", failed.id())
                        .at("/clusters/0/reason")
                        .asText())
                .isEqualTo("no such table");
        assertThat(json(
                                "describe",
                                "batch",
                                open(now, file("web", "web/y.csv", now)).id())
                        .path("status")
                        .asText())
                .isEqualTo("open");
    }

    @Test
    void wrongNamesSuggestTheNearest() throws Exception {
        Batch batch = complete(now.minusSeconds(60), file("web", "web/1.csv", now));
        run(1, "describe", "batch", batch.id() + "x");
        assertThat(err)
                .isEqualTo("caravan: there is no batch '" + batch.id() + "x': did you mean '" + batch.id() + "'?\n");
        run(1, "describe", "batch", "nonsense");
        assertThat(err).contains("there is no batch 'nonsense': ").hasLineCount(1);
        run(2, "list", "batches", "--status", "eror");
        assertThat(err).contains("'eror' is no status: did you mean 'error'?");
        run(2, "list", "batches", "--since", "yesterday");
        assertThat(err).contains("'yesterday' is no time: write a duration before now");
    }

    private List<String> ids(String... options) {
        String[] args =
                Stream.concat(Stream.of("list", "batches"), Stream.of(options)).toArray(String[]::new);
        return json(args).findValuesAsText("id");
    }
}
