package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.FileEntry;
import dev.caravan.ledger.Conflict;
import dev.caravan.load.manifest.MakingGood;
import dev.caravan.outcome.Outcome;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.faults.Call;
import dev.caravan.sandbox.faults.Observer;
import dev.caravan.startup.Installation;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A failed batch gets well when other batches have loaded all of its files, and is counted as failed no more. */
class MadeGoodTest extends LookTest {
    private final MakingGood good = new MakingGood(ledger, Clock.systemUTC());

    @Test
    void aBatchIsFailedUntilTheLastOfItsFilesIsLoadedByAnother() throws Exception {
        FileEntry one = file("web", "web/1.csv", now.minusSeconds(60));
        FileEntry two = file("web", "web/2.csv", now.minusSeconds(60));
        Batch failed = failed(now.minusSeconds(60), "no such table", one, two);
        complete(now.minusSeconds(40), newer(one));
        good.look(feed -> true);
        assertThat(status(failed)).isEqualTo(BatchStatus.ERROR);
        assertThat(json("status").at("/feeds/1/errors").asInt()).isEqualTo(1);

        failed(now.minusSeconds(30), "no such table", newer(two));
        good.look(feed -> true);
        assertThat(status(failed)).as("a newer version that failed as well").isEqualTo(BatchStatus.ERROR);

        complete(now.minusSeconds(20), newer(newer(two)));
        good.look(feed -> feed.equals("shop"));
        assertThat(status(failed)).as("of feeds that loaded nothing").isEqualTo(BatchStatus.ERROR);
        good.look(feed -> feed.equals("web"));
        assertThat(status(failed)).isEqualTo(BatchStatus.COMPLETE);
        assertThat(json("status").at("/feeds/1/errors").asInt()).isZero();
        assertThat(run(0, "list", "batches", "--status", "error")).containsExactly("No batch fits");
        assertThat(run(0, "list", "batches"))
                .anyMatch(line -> line.startsWith(failed.id())
                        && line.endsWith("failed; other batches have loaded its files since"));
        assertThat(run(0, "describe", "batch", failed.id()))
                .anyMatch(line -> line.contains(" made good ")
                        && line.endsWith("other batches have loaded all of its files into redshift"));
        assertThat(json("describe", "file", url("web/1.csv")).findValuesAsText("state"))
                .containsExactly("loaded", "superseded");
        assertThat(run(0, "list", "files", "--state", "failed")).hasSize(1);
        assertThat(run(0, "list", "files", "--state", "superseded")).hasSize(4);
    }

    @Test
    void filesThatWereSetAsideAndReloadedCountAsLoaded_eachForTheClusterThatRefusedIt() throws Exception {
        FileEntry one = file("shop", "shop/1.csv", now.minusSeconds(60));
        FileEntry two = file("shop", "shop/2.csv", now.minusSeconds(60));
        Batch batch = locked(now.minusSeconds(60), one, two);
        batch = refused(batch, one, "east");
        batch = refused(batch, two, "east");
        loaded(batch, "west", 1);
        ledger.outcome(batch, new Outcome.Failed("east", now, "all 2 are quarantined", "22P02", List.of()));
        Batch failed = end(batch);
        reload(one);
        good.look(feed -> true);
        assertThat(status(failed)).isEqualTo(BatchStatus.ERROR);
        reload(two);
        good.look(feed -> true);
        assertThat(status(failed)).isEqualTo(BatchStatus.COMPLETE);
    }

    @Test
    void lookingAgainCostsThreeReads_howeverManyFilesItHas() throws Exception {
        FileEntry[] files = IntStream.range(0, 90)
                .mapToObj(i -> file("web", "web/" + i + ".csv", now.minusSeconds(60)))
                .toArray(FileEntry[]::new);
        Batch failed = failed(now.minusSeconds(60), "no such table", files);
        FileEntry[] newer =
                List.of(files).subList(0, 89).stream().map(MadeGoodTest::newer).toArray(FileEntry[]::new);
        complete(now.minusSeconds(40), newer);
        try (Installation installation = Installation.open()) {
            MakingGood watched = new MakingGood(installation.ledger(), Clock.systemUTC());
            assertThat(calls(() -> watched.look(feed -> true))).hasSizeGreaterThan(89);
            assertThat(calls(() -> watched.look(feed -> true))).containsExactly("failed", "find", "versions");
            complete(now.minusSeconds(20), newer(files[89]));
            assertThat(calls(() -> watched.look(feed -> true))).hasSizeLessThan(10);
        }
        assertThat(status(failed)).isEqualTo(BatchStatus.COMPLETE);
    }

    @Test
    void aBatchThatAPersonReprocessesMeanwhileIsTheirs() throws Exception {
        FileEntry file = file("web", "web/1.csv", now.minusSeconds(60));
        Batch failed = failed(now.minusSeconds(60), "no such table", file);
        run(0, "reprocess", "batch", failed.id());
        assertThatThrownBy(() -> ledger.makeGood(failed, "")).isInstanceOf(Conflict.class);
        assertThat(status(failed)).isEqualTo(BatchStatus.LOCKED);
    }

    private static FileEntry newer(FileEntry file) {
        return new FileEntry(
                file.feed(),
                file.url(),
                file.version() + "+",
                10,
                file.created().plusSeconds(10));
    }

    private void reload(FileEntry file) throws Exception {
        Batch own = ledger.reload(ledger.versions(file.feed(), file.url()).get(0), List.of("east"));
        Batch taken = ledger.takeOver(own.id()).orElseThrow();
        loaded(taken, "east", taken.attempt());
        end(taken);
    }

    private BatchStatus status(Batch batch) {
        return ledger.find(batch.id()).orElseThrow().status();
    }

    private static List<String> calls(Runnable look) {
        List<String> seen = new CopyOnWriteArrayList<>();
        SharedSandbox.get().observe(new Observer() {
            @Override
            public void before(Call call) {
                if (call.service().equals("dynamodb")) {
                    seen.add(call.step().replaceFirst("^ledger ", ""));
                }
            }
        });
        look.run();
        SharedSandbox.get().observe(Observer.NONE);
        return seen;
    }
}
