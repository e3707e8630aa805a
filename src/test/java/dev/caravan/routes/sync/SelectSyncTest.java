package dev.caravan.routes.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.database.Databases;
import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.pipeline.tabletoredshift.run.RunOptions;
import dev.caravan.pipeline.tabletoredshift.run.SyncPlanner;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.table.ClusterTables;
import dev.caravan.pipeline.tabletoredshift.table.TableComparison;
import dev.caravan.pipeline.tabletoredshift.table.TablePlan;
import dev.caravan.redshift.copy.ProgressStatement;
import dev.caravan.sandbox.source.SourceDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;

/** The rows of a SELECT come as a table's do: all of them, or those that have changed and without those that are gone. */
abstract class SelectSyncTest extends SyncingTest {
    private final String moment;
    private final String now;

    /**
     * @param moment type of a time that is a moment
     * @param now the time of this moment
     */
    SelectSyncTest(SourceDatabase database, String moment, String now) {
        super(database);
        this.moment = moment;
        this.now = now;
    }

    @Test
    void rowsOfAJoinThatHaveChangedCome_andThoseThatAreGoneGo() throws Exception {
        shop();
        String select = "SELECT o.id, o.name AS \"item name\", c.city, o.total * 2 AS twice, COUNT(l.n) AS n_lines,"
                + " GREATEST(o.updated_at, c.updated_at) AS changed FROM " + schema + ".orders o JOIN " + schema
                + ".customers c ON c.id = o.customer LEFT JOIN " + schema + ".lines l ON l.order_id = o.id"
                + " GROUP BY o.id, o.name, c.city, o.total, o.updated_at, c.updated_at";
        CamelContext context = start(
                        "tables", schema + ".big_orders",
                        "select", quoted(select),
                        "mode", "incremental",
                        "watermark", "changed",
                        "overlap", "1ms",
                        "keys", "id",
                        "deletes", "keys",
                        "maxDeletes", "50",
                        "where", "twice < 1000",
                        "columns", "!changed")
                .context();
        TablePlan plan = plan(context);
        assertThat(plan.fault()).isEmpty();
        assertThat(plan.columns())
                .containsEntry("id", "INTEGER")
                .containsEntry("city", "VARCHAR(80)")
                .containsEntry("n_lines", "BIGINT");
        assertThat(plan.warnings()).anyMatch(warning -> warning.contains("the latest of all: GREATEST("));
        assertThat(plan.rows()).isEqualTo(-1);
        assertThat(good(run(false)).counts()).containsEntry("rows", 3L);
        assertThat(big()).containsExactly("1|a|Oslo|2", "2|b|Rome|0", "3|c|Oslo|0");

        source(
                "UPDATE " + schema + ".customers SET city = 'Bergen', updated_at = " + now + " WHERE id = 1",
                "DELETE FROM " + schema + ".orders WHERE id = 2");
        Run second = good(run(false));
        assertThat(second.counts()).containsEntry("rows", 2L).containsEntry("deleted", 1L);
        assertThat(big()).containsExactly("1|a|Bergen|2", "3|c|Bergen|0");
        assertThat(new TableComparison(new Databases(context, Duration.ofMinutes(1)), clusters(context))
                        .compare(sync(context), new TableId(schema, "big_orders"), "redshift")
                        .isSame())
                .isTrue();
    }

    @Test
    void aColumnThatComesToTheSelectIsAdded_andOneOfItsTablesThatGoesIsSaid() throws Exception {
        shop();
        start("tables", schema + ".seen", "select", "SELECT * FROM " + schema + ".orders WHERE id < 3", "keys", "id");
        good(run(false));
        source(
                "ALTER TABLE " + schema + ".orders ADD COLUMN note VARCHAR(10)",
                "UPDATE " + schema + ".orders SET note = 'new' WHERE id = 1");
        good(run(false));
        assertThat(rows("seen", "id || COALESCE(note, '-')", "id")).containsExactly("1new", "2-");

        source("DROP TABLE " + schema + ".orders");
        Run failed = run(false);
        assertThat(failed.status()).isEqualTo(RunStatus.ERROR);
        assertThat(failed.reason()).contains(schema + ".seen: the source refuses its select:", "orders");
        assertThat(rows("seen", "id", "id")).hasSize(2);
    }

    @Test
    void aKeyThatIsNullIsRefused() throws Exception {
        shop();
        start(
                "tables",
                schema + ".keyless",
                "select",
                "SELECT l.n AS k, o.name FROM " + schema + ".orders o LEFT JOIN " + schema
                        + ".lines l ON l.order_id = o.id",
                "writeMode",
                "overwriteExisting",
                "keys",
                "k");
        assertThat(run(false).reason())
                .contains(schema + ".keyless: in row ", "column k is NULL, though it tells rows apart");
    }

    @Test
    void twoColumnsOfOneNameAreRefused() throws Exception {
        shop();
        start(
                "tables",
                schema + ".twice",
                "select",
                "SELECT o.id, c.id FROM " + schema + ".orders o, " + schema + ".customers c");
        Run run = run(false);
        assertThat(run.status()).isEqualTo(RunStatus.ERROR);
        assertThat(run.reason())
                .contains(schema + ".twice: the source refuses its select")
                .containsIgnoringCase("id");
    }

    private void shop() throws Exception {
        source(
                "CREATE TABLE " + schema + ".customers (id INT PRIMARY KEY, city VARCHAR(20), updated_at " + moment
                        + " NOT NULL)",
                "CREATE TABLE " + schema
                        + ".orders (id INT PRIMARY KEY, name VARCHAR(20), customer INT, total DECIMAL(8,2),"
                        + " updated_at " + moment + " NOT NULL)",
                "CREATE TABLE " + schema + ".lines (order_id INT, n INT)",
                "INSERT INTO " + schema + ".customers VALUES (1, 'Oslo', " + now + "), (2, 'Rome', " + now + ")",
                "INSERT INTO " + schema + ".orders VALUES (1, 'a', 1, 10.5, " + now + "), (2, 'b', 2, 20, " + now
                        + "), (3, 'c', 1, 30, " + now + "), (4, 'd', 1, 5000, " + now + ")",
                "INSERT INTO " + schema + ".lines VALUES (1, 1), (1, 2)");
    }

    /** With the source's quotes. */
    abstract String quoted(String sql);

    private List<String> big() {
        return rows("big_orders", "id || '|' || \"item name\" || '|' || city || '|' || n_lines", "id");
    }

    private static TableSync sync(CamelContext context) {
        return context.getRegistry().lookupByNameAndType("shop", TableSync.class);
    }

    private static ClusterTables clusters(CamelContext context) {
        return new ClusterTables(
                name -> Optional.ofNullable(context.getRegistry().lookupByNameAndType(name, DataSource.class)),
                new ProgressStatement("caravan"));
    }

    private static TablePlan plan(CamelContext context) throws Exception {
        TableSync sync = sync(context);
        Syncs syncs = new Syncs(
                () -> Map.of("shop", sync),
                Map.of(
                        "caravan.clusters",
                        "redshift",
                        "caravan.manifest-prefix",
                        context.resolvePropertyPlaceholders("{{caravan.manifest-prefix}}")));
        syncs.all();
        return new SyncPlanner(syncs, new Databases(context, Duration.ofMinutes(1)), clusters(context))
                .plan(sync, RunOptions.PLANNED)
                .get(0);
    }

    private static Run good(Run run) {
        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.COMPLETE);
        return run;
    }
}
