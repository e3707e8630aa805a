package dev.caravan.cli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.batch.Stage;
import dev.caravan.cli.Commands;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.DynamoDbLedger;
import dev.caravan.outcome.BadRow;
import dev.caravan.outcome.Outcome;
import dev.caravan.sandbox.SharedSandbox;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person is told, and what becomes of the file, however it stands with it. The ledger is real, no route runs. */
class ReloadTest {
    private static final String PREFIX = "caravan.ledger.table-prefix";
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private final String tables = "reload-" + UUID.randomUUID().toString().substring(0, 8);
    private final DynamoDbLedger ledger = new DynamoDbLedger(
            SharedSandbox.get().dynamoDb(),
            new LedgerSettings(tables, "test", Duration.ofMinutes(1), Duration.ofDays(1)),
            Clock.tickMillis(ZoneOffset.UTC));
    private final FileEntry file = file("web", "v1", now);
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
    void itIsReloadedForExactlyTheClustersThatRefusedIt() throws Exception {
        Batch batch = refused(file, "east", "west");
        loaded(batch, "north", 1);
        loaded(batch, "east", 2);
        loaded(batch, "west", 2);
        end(batch);
        List<String> out = reload(0);
        Batch own = batchOf(file);
        assertThat(own.id()).isNotEqualTo(batch.id());
        assertThat(own.only()).containsExactly("east", "west");
        assertThat(ledger.known(file.url()).get(0).quarantined()).isEmpty();
        assertThat(out)
                .containsExactly(file.url() + " (feed web, version v1) is in batch " + own.id()
                        + " now, which a running instance loads into clusters east, west");
    }

    @Test
    void aClusterThatHoldsItAfterAllDoesNotGetItAgain() throws Exception {
        Batch batch = refused(file, "east", "west");
        loaded(batch, "east", 1);
        loaded(batch, "west", 2);
        end(batch);
        assertThat(reload(0))
                .hasSize(2)
                .anyMatch(line -> line.contains("now, which a running instance loads into cluster west"))
                .anyMatch(line -> line.contains("is in cluster east after all, by a load that had begun before"));
        Batch own = batchOf(file);
        assertThat(own.only()).containsExactly("west");

        Batch taken = ledger.takeOver(own.id()).orElseThrow();
        loaded(taken, "west", 1);
        end(taken);
        assertThat(reload(1)).isEmpty();
        assertThat(err).contains("is in cluster east after all");
        assertThat(batchOf(file).id()).isEqualTo(own.id());
    }

    @Test
    void whileItsBatchIsBeingLoadedNobodyCanTellWhetherItIsMissing() throws Exception {
        Batch batch = refused(file, "east");
        assertThat(reload(1)).isEmpty();
        assertThat(err)
                .contains("is quarantined, but its batch " + batch.id()
                        + " is still being loaded: give the command again");
        assertThat(batchOf(file).id()).isEqualTo(batch.id());
    }

    @Test
    void anOverwrittenObjectIsNotLoadedASecondTime_norIfItsVersionIsNamed() throws Exception {
        Batch batch = refused(file, "east");
        loaded(batch, "east", 2);
        end(batch);
        Batch newer = locked(file("web", "v2", now.plusSeconds(1)));
        loaded(newer, "east", 1);
        end(newer);
        assertThat(reload(1)).isEmpty();
        assertThat(err)
                .contains("version v1) is quarantined, but the object was overwritten since")
                .contains("version v2) is not quarantined: its batch " + newer.id()
                        + " is loaded into cluster east since " + now);
        assertThat(reload(1, "--version", "v1")).isEmpty();
        assertThat(err).contains("version v1) is quarantined, but the object was overwritten since");
        assertThat(batchOf(file).id()).isEqualTo(batch.id());
    }

    @Test
    void aReloadedFileKeepsTheTableThatItsNameWasFoundToSay() throws Exception {
        Batch open = Batch.fresh(
                "web-20261121T1200000001aaaaaaaa", "web#region=EU", "web", Batch.SHARED, now, now.plusSeconds(60));
        Batch batch = ledger.lock(open, List.of(file), "size");
        batch = ledger.quarantine(
                batch,
                List.of(new QuarantinedFile(
                        file, "east", 1, new BadRow(file.url(), 1, "id", "x", 1207, "Invalid digit"))));
        loaded(batch, "east", 2);
        end(batch);
        reload(0);
        assertThat(batchOf(file).id()).isNotEqualTo(batch.id());
        assertThat(batchOf(file).key()).isEqualTo("web#region=EU");
    }

    @Test
    void ofSeveralFeedsAllAreReloaded_unlessOneIsNamed() throws Exception {
        FileEntry other = file("shop", "v1", now);
        for (FileEntry each : List.of(file, other, file("log", "v1", now))) {
            Batch batch = refused(each, "east");
            loaded(batch, "east", 2);
            end(batch);
        }
        assertThat(reload(0, "--feed", "shop")).singleElement().asString().contains("(feed shop, version v1)");
        assertThat(reload(0)).hasSize(2);
        assertThat(reload(1)).isEmpty();
        assertThat(err.lines()).hasSize(3).allMatch(line -> line.contains(" is not quarantined: its batch "));
    }

    @Test
    void manyAreCountedAskedForAndReloadedOnce_byFeedBatchOrTime() throws Exception {
        List<Batch> batches = new ArrayList<>();
        List<FileEntry> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            FileEntry each = new FileEntry("weather", "s3://landing/weather/" + i + ".csv", "v1", 10, now);
            Batch batch = refused(each, "east");
            loaded(batch, "east", 2);
            end(batch);
            batches.add(batch);
            all.add(each);
        }
        Batch newer = locked(new FileEntry("weather", all.get(2).url(), "v2", 10, now.plusSeconds(1)));
        loaded(newer, "east", 1);
        end(newer);

        // Which batches there are is read from an index, and that may lag.
        await().untilAsserted(() ->
                assertThat(many(0, "--feed", "weather", "--dry-run")).containsExactly("2 files would be reloaded"));
        many(1, "--feed", "weather");
        assertThat(err).contains("Reload 2 files? There is no terminal to ask at");
        assertThat(many(0, "--batch", batches.get(1).id(), "--yes"))
                .singleElement()
                .asString()
                .contains(all.get(1).url(), "loads into cluster east");
        assertThat(many(0, "--since", "1h", "--yes"))
                .singleElement()
                .asString()
                .contains(all.get(0).url());
        assertThat(many(0, "--since", "1h", "--yes")).containsExactly("No quarantined file can be reloaded");
        assertThat(batchOf(all.get(2)).id()).isEqualTo(batches.get(2).id());
        assertThat(all.subList(0, 2))
                .allSatisfy(file -> assertThat(batchOf(file).only()).containsExactly("east"));

        many(1);
        assertThat(err).contains("say what to reload");
        many(1, "s3://landing/weather/0.csv", "--since", "1h");
        assertThat(err).contains("name either an object, or many");
        many(1, "--batch", "no-such");
        assertThat(err).contains("there is no batch 'no-such'");
    }

    @Test
    void whereItStandsIsSaid() throws Exception {
        Batch open = ledger.add(fresh("web"), List.of(file));
        reload(1);
        assertThat(err)
                .contains("it waits in batch " + open.id() + ", which is loaded at " + now.plusSeconds(60)
                        + " at the latest");
        Batch locked = ledger.lock(open, List.of(), "timeout");
        ledger.note(locked, "resizing");
        reload(1);
        assertThat(err).contains("its batch " + open.id() + " is being loaded (resizing)");
        ledger.outcome(locked, new Outcome.Failed("east", now, "no such table", "42P01", List.of()));
        end(locked);
        reload(1);
        assertThat(err)
                .contains("its batch " + open.id()
                        + " has status error and wants to be reprocessed (cluster east: no such table)");
    }

    @Test
    void whatTheLedgerDoesntKnowIsSaid() throws Exception {
        assertThat(reload(1)).isEmpty();
        assertThat(err)
                .isEqualTo("caravan: the ledger doesn't know " + file.url()
                        + ": its event never came, no feed wanted it, or it is older than caravan.ledger.keep\n");
        refused(file, "east");
        reload(1, "--feed", "shop", "--version", "v2");
        assertThat(err)
                .isEqualTo("caravan: the ledger doesn't know " + file.url()
                        + " in feed shop in version v2, but version v1 in feed web\n");
    }

    @Test
    void aLedgerThatIsntThereIsSaid() throws Exception {
        System.setProperty(PREFIX, "no-such");
        reload(1);
        assertThat(err)
                .startsWith("caravan: can't ask the ledger, DynamoDB's tables no-such-… (caravan.ledger.table-prefix):"
                        + " DynamoDB says: ")
                .hasLineCount(1);
    }

    private List<String> reload(int exitCode, String... options) {
        List<String> args = new ArrayList<>(List.of(file.url()));
        args.addAll(List.of(options));
        return many(exitCode, args.toArray(String[]::new));
    }

    private List<String> many(int exitCode, String... options) {
        List<String> args = new ArrayList<>(List.of("reload"));
        args.addAll(List.of(options));
        StringWriter out = new StringWriter();
        StringWriter errors = new StringWriter();
        int code = Commands.run(args.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(errors, true));
        err = errors.toString();
        assertThat(code).as(err).isEqualTo(exitCode);
        return out.toString().lines().toList();
    }

    /** A batch of one file, which the clusters refuse at its first attempt. */
    private Batch refused(FileEntry refused, String... clusters) throws Exception {
        Batch batch = locked(refused);
        for (String cluster : clusters) {
            BadRow cause = new BadRow(refused.url(), 1, "id", "x", 1207, "Invalid digit");
            batch = ledger.quarantine(batch, List.of(new QuarantinedFile(refused, cluster, 1, cause)));
        }
        return batch;
    }

    private Batch locked(FileEntry only) throws Exception {
        return ledger.lock(fresh(only.feed()), List.of(only), "size");
    }

    private void loaded(Batch batch, String cluster, int attempt) {
        String manifest = "s3://ops/web/" + batch.id() + "-" + attempt + ".manifest";
        ledger.outcome(batch, new Outcome.Loaded(cluster, now, 1, 1, manifest));
    }

    private void end(Batch batch) {
        ledger.reach(batch, Stage.NOTIFY);
        assertThat(ledger.confirm(batch.id())).isPresent();
    }

    private Batch batchOf(FileEntry of) {
        return ledger.known(of.url()).stream()
                .filter(known -> known.file().equals(of))
                .map(known -> ledger.find(known.batch()).orElseThrow())
                .findFirst()
                .orElseThrow();
    }

    private Batch fresh(String feed) {
        String id = feed + "-" + UUID.randomUUID().toString().replace("-", "");
        return Batch.fresh(id, feed, feed, Batch.SHARED, now, now.plusSeconds(60));
    }

    private static FileEntry file(String feed, String version, Instant created) {
        return new FileEntry(feed, "s3://landing/web/a bad.csv", version, 10, created);
    }
}
