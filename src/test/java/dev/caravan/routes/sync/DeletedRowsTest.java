package dev.caravan.routes.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.batch.Batch;
import dev.caravan.database.Databases;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.dynamo.DynamoDbBatchSteering;
import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.ledger.runs.Units;
import dev.caravan.pipeline.tabletoredshift.run.SyncBook;
import dev.caravan.pipeline.tabletoredshift.run.TableState;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.table.ClusterTables;
import dev.caravan.pipeline.tabletoredshift.table.TableComparison;
import dev.caravan.pipeline.tabletoredshift.verify.VerifyResult;
import dev.caravan.redshift.copy.ProgressStatement;
import dev.caravan.routes.SecondCluster;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;

/** Rows that the source deletes go in incremental runs, by their keys or by a column that says so, and never more than is allowed. */
class DeletedRowsTest extends SyncingTest {
    private static final Pattern FAILED_BATCH = Pattern.compile("batch (\\S+) failed");

    @Test
    void whatIsntAmongTheKeysAnyMoreGoes_withWhatHasChanged() throws Exception {
        orders();
        start(incremental("deletes", "keys", "where", "name <> 'out'"));
        good(run(false));
        assertThat(ids()).hasSize(10);

        source(
                "DELETE FROM " + schema + ".orders WHERE id = 1",
                "UPDATE " + schema + ".orders SET name = 'B' WHERE id = 2",
                "UPDATE " + schema + ".orders SET name = 'out' WHERE id = 3",
                "INSERT INTO " + schema + ".orders (id, name) VALUES (11, 'new')");
        assertThat(good(run(false)).reason()).endsWith(", 2 rows deleted");
        assertThat(rows("orders", "id || '|' || name", "id"))
                .as("gone, changed, not taken any more, new")
                .startsWith("2|B", "4|x")
                .endsWith("10|x", "11|new")
                .hasSize(9);

        source("DELETE FROM " + schema + ".orders WHERE id = 11");
        good(run(false));
        assertThat(counted()).isEqualTo(1);
        assertThat(ids()).as("nothing but a deletion").containsExactly("2", "4", "5", "6", "7", "8", "9", "10");
        good(run(false));
        assertThat(counted()).as("none").isZero();
        assertThat(good(run(true)).counts()).as("nobody counts").doesNotContainKey("deleted");
        assertThat(ids()).hasSize(8);
    }

    @Test
    void keysOfSeveralColumnsAreComparedByteByByte() throws Exception {
        source(
                "CREATE TABLE " + schema
                        + ".stock (shop CHAR(5), article VARCHAR(20), n INT, updated_at TIMESTAMP(6) NOT"
                        + " NULL DEFAULT NOW(6) ON UPDATE NOW(6), PRIMARY KEY (shop, article)) DEFAULT CHARSET utf8mb4",
                "INSERT INTO " + schema
                        + ".stock (shop, article, n) VALUES ('a', 'Äpfel', 1), ('a', '', 2), ('b', 'x,\"y', 3), ('b', 'z', 4)");
        start(incremental("deletes", "keys", "maxDeletes", "50"));
        good(run(false));
        source(
                "UPDATE " + schema + ".stock SET article = 'äpfel' WHERE n = 1",
                "DELETE FROM " + schema + ".stock WHERE n = 4");
        good(run(false));
        assertThat(rows("stock", "shop || '/' || article || '/' || n", "n"))
                .containsExactly("a/äpfel/1", "a//2", "b/x,\"y/3");
    }

    @Test
    void moreThanAreAllowedDontGo_butWithALimitThatAllowsIt() throws Exception {
        orders();
        start(incremental("deletes", "keys"));
        good(run(false));
        source("DELETE FROM " + schema + ".orders");
        assertThat(failed(run(false)))
                .contains(
                        "has 0 rows now",
                        "orders has 10: deleting the others would take away more than 20 % (maxDeletes)");
        source("INSERT INTO " + schema + ".orders (id, name) SELECT seq, 'other' FROM seq_8_to_17");
        assertThat(failed(run(false)))
                .as("as many rows as before, but others: only the cluster sees that")
                .contains("the load would delete 7 of 10 rows, more than 20 % (maxDeletes)", "Nothing was done");
        assertThat(rows("orders", "id || name", "id")).contains("1x", "8x").hasSize(10);
        source(
                "DELETE FROM " + schema + ".orders WHERE id > 10",
                "INSERT INTO " + schema + ".orders (id, name) SELECT seq, 'again' FROM seq_3_to_7");
        good(run(false));
        assertThat(ids()).as("exactly 20 %").hasSize(8);
    }

    @Test
    void aBatchThatANewerOneHasPassed_deletesNothingWhenItIsReprocessed() throws Exception {
        orders();
        Ledger ledger = start(incremental("deletes", "keys")).ledger();
        good(run(false));
        source("DELETE FROM " + schema + ".orders WHERE id <= 4");
        source("INSERT INTO " + schema + ".orders (id, name) SELECT seq, 'y' FROM seq_21_to_24");
        Matcher named = FAILED_BATCH.matcher(failed(run(false)));
        assertThat(named.find()).isTrue();
        source("INSERT INTO " + schema + ".orders (id, name) SELECT seq, 'back' FROM seq_1_to_30"
                + " ON DUPLICATE KEY UPDATE name = 'back'");
        good(run(false));
        assertThat(ids()).hasSize(30);

        Batch old = ledger.find(named.group(1)).orElseThrow();
        new DynamoDbBatchSteering(SharedSandbox.get().dynamoDb(), settings("alice"), Clock.systemUTC())
                .reprocess(old, List.of("redshift"), List.of());
        await().untilAsserted(
                        () -> assertThat(ledger.find(old.id()).orElseThrow().failures())
                                .contains("the cluster's progress was changed by another load"));
        assertThat(ids()).hasSize(30);
    }

    @Test
    void aLoadThatIsCutOffBehindItsDeletion_deletesOnceWhenItIsTriedAgain() throws Exception {
        orders();
        start(incremental("deletes", "keys"));
        good(run(false));
        source(
                "DELETE FROM " + schema + ".orders WHERE id = 1",
                "UPDATE " + schema + ".orders SET name = 'B' WHERE id = 2");
        long before = SharedSandbox.get().redshift().faults().struck();
        SharedSandbox.get().redshift().faults().add("reset match=INSERT.INTO[^(]*progress:");
        good(run(false));
        assertThat(SharedSandbox.get().redshift().faults().struck()).isGreaterThan(before);
        assertThat(counted()).isEqualTo(1);
        assertThat(rows("orders", "id || '|' || name", "id"))
                .startsWith("2|B", "3|x")
                .hasSize(9);
    }

    @Test
    void clustersThatAreNotEquallyFarBothLoseWhatIsGone() throws Exception {
        orders();
        launch(SecondCluster.addTo(pipeline(incremental("deletes", "keys", "clusters", "redshift, second"))));
        good(run(false));
        SecondCluster.sql().run("DELETE FROM caravan.\"progress:" + schema + ".orders\"");
        source("DELETE FROM " + schema + ".orders WHERE id = 5");
        good(run(false));
        assertThat(counted()).as("once, though both have lost it").isEqualTo(1);
        assertThat(ids()).hasSize(9).doesNotContain("5");
        assertThat(SecondCluster.sql().column("SELECT id FROM " + schema + ".orders"))
                .hasSize(9)
                .doesNotContain("5");
    }

    @Test
    void rowsThatTheSourceCallsDeletedGo_andComeBack() throws Exception {
        orders();
        source(
                "ALTER TABLE " + schema + ".orders ADD COLUMN deleted_at DATETIME NULL",
                "UPDATE " + schema + ".orders SET deleted_at = NOW() WHERE id = 10");
        CamelContext context = start(incremental("deletes", "soft:deleted_at", "columns", "!deleted_at"))
                .context();
        good(run(false));
        assertThat(ids()).hasSize(9);
        source(
                "UPDATE " + schema + ".orders SET deleted_at = NOW() WHERE id = 1",
                "UPDATE " + schema + ".orders SET deleted_at = NULL WHERE id = 10");
        good(run(false));
        assertThat(counted()).isEqualTo(1);
        assertThat(ids()).containsExactly("2", "3", "4", "5", "6", "7", "8", "9", "10");
        good(run(true));
        assertThat(ids()).as("a full run leaves them out").hasSize(9).doesNotContain("1");
        assertThat(verify(context).rowsSource()).as("so does a verification").isEqualTo(9);
        assertThat(verify(context).isSame()).isTrue();
        assertThat(cluster.column("SELECT column_name FROM information_schema.columns WHERE table_schema = '" + schema
                        + "' ORDER BY ordinal_position"))
                .containsExactly("id", "name", "updated_at");

        source("UPDATE " + schema + ".orders SET deleted_at = NOW()");
        assertThat(failed(run(false))).contains("the load would delete 9 of 9 rows, more than 20 % (maxDeletes)");
        assertThat(ids()).hasSize(9);
    }

    private VerifyResult verify(CamelContext context) throws Exception {
        ClusterTables clusters = new ClusterTables(
                name -> Optional.ofNullable(context.getRegistry().lookupByNameAndType(name, DataSource.class)),
                new ProgressStatement("caravan"));
        return new TableComparison(new Databases(context, Duration.ofMinutes(1)), clusters)
                .compare(
                        context.getRegistry().lookupByNameAndType("shop", TableSync.class),
                        new TableId(schema, "orders"),
                        "redshift");
    }

    private void orders() throws Exception {
        source(
                "CREATE TABLE " + schema
                        + ".orders (id INT PRIMARY KEY, name VARCHAR(9), updated_at TIMESTAMP(6) NOT NULL"
                        + " DEFAULT NOW(6) ON UPDATE NOW(6), KEY (updated_at))",
                "INSERT INTO " + schema + ".orders SELECT seq, 'x', NOW(6) - INTERVAL 1 DAY FROM seq_1_to_10");
    }

    /** How many rows the newest run has deleted, as the ledger has it: of the run, and of its table. */
    private long counted() {
        Units units = new Units(SharedSandbox.get().dynamoDb(), settings("alice"), Clock.systemUTC());
        SyncBook book = new SyncBook(runs(), units, Clock.systemUTC());
        Run run = book.newest("shop", 1).get(0);
        long deleted = run.counts().getOrDefault("deleted", -1L);
        assertThat(book.tables(run)).extracting(TableState::deleted).containsExactly(deleted);
        return deleted;
    }

    private List<String> ids() {
        return rows("orders", "id", "id");
    }

    static String[] incremental(String... more) {
        List<String> all = new ArrayList<>(List.of("mode", "incremental", "watermark", "updated_at", "overlap", "1ms"));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static Run good(Run run) {
        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.COMPLETE);
        return run;
    }

    private static String failed(Run run) {
        assertThat(run.status()).isEqualTo(RunStatus.ERROR);
        return run.reason();
    }
}
