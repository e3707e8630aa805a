package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.Stage;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.Confirmation;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.DynamoDbLedger;
import dev.caravan.outcome.Outcome;
import dev.caravan.sandbox.SharedSandbox;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person is told who steers batches and feeds, and what becomes of them. The ledger is real, the feeds are the shipped ones, no route runs. */
class SteeringCommandsTest {
    private static final String PREFIX = "caravan.ledger.table-prefix";

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final String tables = "steer-" + UUID.randomUUID().toString().substring(0, 8);
    private final DynamoDbLedger ledger = new DynamoDbLedger(
            SharedSandbox.get().dynamoDb(),
            new LedgerSettings(tables, "host-7", Duration.ofMinutes(1), Duration.ofDays(1)),
            Clock.tickMillis(ZoneOffset.UTC));
    private int files;
    private String err = "";

    @BeforeEach
    void tables() {
        ledger.createTables();
        System.setProperty(PREFIX, tables);
    }

    @AfterEach
    void settings() {
        System.clearProperty(PREFIX);
    }

    @Test
    void aBatchIsReprocessedOnce_andOtherwiseItIsSaidWhyNot() throws Exception {
        Batch batch = ended("weather", failed("redshift"));
        assertThat(run(0, "reprocess", "batch", batch.id()))
                .containsExactly(
                        "batch " + batch.id() + " is locked again: a running instance loads it into cluster redshift");
        assertThat(status(batch)).isEqualTo(BatchStatus.LOCKED);
        run(1, "reprocess", "batch", batch.id());
        assertThat(err)
                .isEqualTo("caravan: batch " + batch.id()
                        + " is locked: it is being loaded, or waits for that; caravan unlock batch " + batch.id()
                        + " frees it if whoever has it hangs\n");

        Batch complete = ended("weather", loaded("redshift"));
        run(1, "reprocess", "batch", complete.id());
        assertThat(err)
                .isEqualTo("caravan: batch " + complete.id()
                        + " is complete: every cluster of its feed holds its files; nothing to reprocess\n");
        run(1, "reprocess", "batch", complete.id(), "--cluster", "redshift");
        assertThat(err).contains(" is loaded into cluster redshift since ");
        run(1, "reprocess", "batch", complete.id(), "--cluster", "redshfit");
        assertThat(err).contains("is not for a cluster 'redshfit': did you mean 'redshift'?");

        Batch lacking = ended("weather", loaded("old"));
        assertThat(run(0, "reprocess", "batch", lacking.id()))
                .singleElement()
                .asString()
                .endsWith("into cluster redshift");
        Batch two = ended("weather", failed("redshift"), failed("old"));
        assertThat(run(0, "reprocess", "batch", two.id(), "--cluster", "redshift"))
                .singleElement()
                .asString()
                .endsWith("into cluster redshift; its failure in cluster old stays");

        run(1, "reprocess", "batch", complete.id().replaceFirst(".$", "~"));
        assertThat(err).contains("there is no batch '").contains("did you mean '");
        Batch open = ledger.add(fresh("weather"), files("weather", 1));
        run(1, "reprocess", "batch", open.id());
        assertThat(err).contains(" is open: it is loaded at ").contains("caravan flush feed weather");
        Batch orphan = ended("gone", failed("redshift"));
        run(1, "reprocess", "batch", orphan.id());
        assertThat(err).contains("feed gone of batch " + orphan.id() + " is not configured any more");
        assertThat(status(orphan)).isEqualTo(BatchStatus.ERROR);
    }

    @Test
    void omittedFilesStayOut_andWithoutAnyFileItIsRefused() throws Exception {
        Batch batch = ended("weather", failed("redshift"));
        List<String> urls = urls(batch);
        run(1, "reprocess", "batch", batch.id(), "--omit", urls.get(0).replace("a.csv", "aa.csv"));
        assertThat(err).contains(" is not in batch " + batch.id() + ": did you mean '" + urls.get(0) + "'?");
        run(1, "reprocess", "batch", batch.id(), "--omit", urls.get(0), urls.get(1));
        assertThat(err).contains("has no file left for cluster redshift: all 2 are set aside");
        assertThat(ledger.find(batch.id())).contains(batch);
        assertThat(run(0, "reprocess", "batch", batch.id(), "--omit", urls.get(0)))
                .singleElement()
                .asString()
                .endsWith("into cluster redshift, without 1 file");
        assertThat(ledger.known(urls.get(0)).get(0).quarantined()).containsKey("redshift");
    }

    @Test
    void allThatFailedIsReprocessedOldestFirst_ifAPersonOrTheOptionSaysYes() throws Exception {
        Batch first = ended("weather", failed("redshift"));
        Batch second = ended("quakes", failed("redshift"));
        Batch complete = ended("quakes", loaded("redshift"));
        assertThat(run(0, "reprocess", "batches", "--dry-run"))
                .hasSize(4)
                .last()
                .isEqualTo("2 batches would be reprocessed");
        run(1, "reprocess", "batches");
        assertThat(err)
                .isEqualTo("caravan: Reprocess 2 batches? There is no terminal to ask at, so nothing is changed:"
                        + " --yes goes on without asking, --dry-run only shows\n");
        assertThat(status(first)).isEqualTo(BatchStatus.ERROR);
        run(1, "reprocess", "batches", "--status", "locked");
        assertThat(err).contains("they have not ended");
        assertThat(run(0, "reprocess", "batches", "--feed", "weather", "--until", "1d"))
                .containsExactly("No batch with status error can be reprocessed");
        assertThat(run(0, "reprocess", "batches", "--status", "error", "--yes"))
                .hasSize(5)
                .anyMatch(line -> line.startsWith("batch " + first.id() + " is locked again"))
                .anyMatch(line -> line.startsWith("batch " + second.id() + " is locked again"));
        assertThat(List.of(status(first), status(second), status(complete)))
                .containsExactly(BatchStatus.LOCKED, BatchStatus.LOCKED, BatchStatus.COMPLETE);
        assertThat(run(0, "reprocess", "batches", "--yes"))
                .containsExactly("No batch with status error can be reprocessed");
    }

    @Test
    void aPersonIsAskedAtATerminal() throws Exception {
        StringWriter out = new StringWriter();
        for (String answer : List.of("y\n", "YES\n", " y \n")) {
            assertThat(Confirmation.isYes(Optional.of(new StringReader(answer)), new PrintWriter(out), "Sure?", ""))
                    .isTrue();
        }
        for (String answer : List.of("n\n", "\n", "", "yesterday\n")) {
            assertThat(Confirmation.isYes(Optional.of(new StringReader(answer)), new PrintWriter(out), "Sure?", ""))
                    .isFalse();
        }
        assertThat(out.toString()).startsWith("Sure? [y/N] Sure? [y/N] ");
        assertThatThrownBy(() -> Confirmation.isYes(Optional.empty(), new PrintWriter(out), "Sure?", "--plan"))
                .isInstanceOf(CommandFailed.class)
                .hasMessageEndingWith("--yes goes on without asking, --plan only shows");
        assertThatThrownBy(() -> Confirmation.isYes(Optional.empty(), new PrintWriter(out), "Sure?", ""))
                .hasMessageEndingWith("--yes goes on without asking");
    }

    @Test
    void aLockedBatchIsUnlocked_andAnotherIsNot() throws Exception {
        Batch locked = ledger.lock(fresh("weather"), files("weather", 1), "size");
        assertThat(run(0, "unlock", "batch", locked.id()))
                .containsExactly(
                        "batch " + locked.id() + " is free: a running instance takes it up now (owner was host-7)");
        assertThat(ledger.takeOver(locked.id())).isPresent();
        ledger.postpone(locked, now.plusSeconds(900), "the cluster is full");
        assertThat(run(0, "unlock", "batch", locked.id()))
                .singleElement()
                .asString()
                .endsWith("(again at " + now.plusSeconds(900) + ": the cluster is full)");
        Batch ended = ended("weather", failed("redshift"));
        run(1, "unlock", "batch", ended.id());
        assertThat(err).isEqualTo("caravan: batch " + ended.id() + " is error, not locked: nothing to unlock\n");
    }

    @Test
    void aFeedIsFlushed_pausedAndResumed_andTwiceDoesNoHarm() throws Exception {
        assertThat(run(0, "flush", "feed", "weather"))
                .containsExactly("feed weather has no open batch: no file of it waits");
        Batch open = ledger.add(fresh("weather"), files("weather", 2));
        assertThat(run(0, "flush", "feed", "weather"))
                .containsExactly("batch " + open.id() + " (2 files, 20 B) is due now: a running instance loads it");
        assertThat(ledger.open("weather", "weather", Batch.SHARED).orElseThrow().due())
                .isBefore(open.due());
        run(1, "flush", "feed", "wether");
        assertThat(err).isEqualTo("caravan: there is no feed 'wether': did you mean 'weather'?\n");

        assertThat(run(0, "resume", "feed", "weather")).containsExactly("feed weather is not paused");
        run(1, "pause", "feed", "wether");
        assertThat(err).contains("did you mean 'weather'?");
        assertThat(run(0, "pause", "feed", "weather", "--reason", "new columns"))
                .singleElement()
                .asString()
                .startsWith("feed weather is paused since ")
                .endsWith(
                        " (new columns): its files are recorded, nothing of it is loaded until caravan resume feed weather");
        assertThat(run(0, "pause", "feed", "weather"))
                .singleElement()
                .asString()
                .startsWith("feed weather is paused already, since ")
                .endsWith(" (new columns)");
        assertThat(run(0, "flush", "feed", "weather")).last().asString().startsWith("feed weather is paused since ");
        run(1, "resume", "feed", "wether");
        assertThat(err).contains("did you mean 'weather'?");
        assertThat(run(0, "resume", "feed", "weather"))
                .singleElement()
                .asString()
                .startsWith("feed weather is resumed after ");
    }

    @Test
    void endedBatchesAreDeletedOnlyWithYes() throws Exception {
        Batch failed = ended("weather", failed("redshift"));
        Batch complete = ended("weather", loaded("redshift"));
        String url = urls(complete).get(0);
        run(2, "delete", "batches", "--status", "error");
        assertThat(err).contains("Missing required option: '--until=TIME'");
        run(1, "delete", "batches", "--status", "open", "--until", "1d");
        assertThat(err).contains("they have not ended");
        assertThat(run(0, "delete", "batches", "--status", "complete", "--until", "1d"))
                .containsExactly("No batch fits");
        assertThat(run(0, "delete", "batches", "--status", "complete", "--until", "0s"))
                .hasSize(3)
                .last()
                .isEqualTo("1 batch would be deleted; --yes deletes them");
        assertThat(ledger.find(complete.id())).isPresent();
        assertThat(run(0, "delete", "batches", "--status", "complete", "--until", "0s", "--feed", "weather", "--yes"))
                .last()
                .isEqualTo("1 batch is deleted");
        assertThat(ledger.find(complete.id())).isEmpty();
        assertThat(ledger.known(url)).hasSize(1);
        assertThat(ledger.find(failed.id())).isPresent();
    }

    // ---- helpers

    private List<String> run(int exitCode, String... args) {
        StringWriter out = new StringWriter();
        StringWriter errors = new StringWriter();
        int code = Commands.run(args, new PrintWriter(out, true), new PrintWriter(errors, true));
        err = errors.toString();
        assertThat(code).as(out + err).isEqualTo(exitCode);
        return out.toString().lines().toList();
    }

    private Batch ended(String feed, Outcome... outcomes) throws Exception {
        Batch batch = ledger.lock(fresh(feed), files(feed, 2), "size");
        for (Outcome outcome : outcomes) {
            ledger.outcome(batch, outcome);
        }
        ledger.reach(batch, Stage.NOTIFY);
        return ledger.confirm(batch.id()).orElseThrow();
    }

    private BatchStatus status(Batch batch) {
        return ledger.find(batch.id()).orElseThrow().status();
    }

    private Outcome failed(String cluster) {
        return new Outcome.Failed(cluster, now, "no such table", "42P01", List.of());
    }

    private Outcome loaded(String cluster) {
        return new Outcome.Loaded(cluster, now, 1, 1, "s3://ops/m-1.manifest");
    }

    private List<String> urls(Batch batch) {
        List<String> urls = new ArrayList<>();
        ledger.files(batch, file -> urls.add(file.url()));
        return urls;
    }

    private Batch fresh(String feed) {
        String id = feed + "-20260131T120000000" + UUID.randomUUID().toString().substring(0, 8);
        return Batch.fresh(id, feed, feed, Batch.SHARED, now, now.plusSeconds(60));
    }

    private List<FileEntry> files(String feed, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new FileEntry(feed, "s3://landing/" + feed + "/" + ++files + "a.csv", "v1", 10, now))
                .toList();
    }
}
