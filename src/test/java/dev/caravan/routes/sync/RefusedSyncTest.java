package dev.caravan.routes.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.pipeline.tabletoredshift.run.RunOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can't be synced fails alone, and says why. */
class RefusedSyncTest extends SyncingTest {
    @Test
    void aTableWithAValueThatRedshiftCantKeepFails_andTheOthersAreLoaded() throws Exception {
        source(
                "CREATE TABLE " + schema + ".good (id INT PRIMARY KEY)",
                "INSERT INTO " + schema + ".good VALUES (1)",
                "CREATE TABLE " + schema + ".bad (id INT PRIMARY KEY, t LONGTEXT)",
                "INSERT INTO " + schema + ".bad VALUES (7, REPEAT('x', 70000))");
        start();
        Run run = run(false);
        assertThat(run.status()).isEqualTo(RunStatus.ERROR);
        assertThat(run.reason())
                .startsWith("1 of 2 tables failed: " + schema + ".bad: in ")
                .contains("7", "column t");
        assertThat(rows("good", "id", "id")).containsExactly("1");
    }

    @Test
    void aRunThatIsAskedForATableThatIsntTheSyncs_doesNothing() throws Exception {
        source("CREATE TABLE " + schema + ".good (id INT PRIMARY KEY)", "INSERT INTO " + schema + ".good VALUES (1)");
        start();
        Run run = ended(ask(new RunOptions(false, List.of(schema + ".good", schema + ".goood"), 0)));
        assertThat(run.status()).isEqualTo(RunStatus.ERROR);
        assertThat(run.reason())
                .isEqualTo("sync 'shop' takes no table " + schema + ".goood: did you mean '" + schema + ".good'?");
        assertThat(cluster.column(
                        "SELECT table_name FROM information_schema.tables WHERE table_schema = '" + schema + "'"))
                .isEmpty();
    }

    @Test
    void anEmptiedSourceEmptiesNoTable_untilThatIsAllowed() throws Exception {
        source(
                "CREATE TABLE " + schema + ".items (id INT PRIMARY KEY)",
                "INSERT INTO " + schema + ".items VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10)");
        start();
        assertThat(run(false).status()).isEqualTo(RunStatus.COMPLETE);
        source("DELETE FROM " + schema + ".items WHERE id > 8");
        assertThat(run(false).status()).as("20 % may go").isEqualTo(RunStatus.COMPLETE);
        assertThat(rows("items", "id", "id")).hasSize(8);
        source("DELETE FROM " + schema + ".items");
        Run emptied = run(false);
        assertThat(emptied.status()).isEqualTo(RunStatus.ERROR);
        assertThat(emptied.reason()).contains("has 0 rows now", "has 8", "maxDeletes");
        assertThat(rows("items", "id", "id")).hasSize(8);
    }

    @Test
    void whatIsAllowedToGoGoes() throws Exception {
        source(
                "CREATE TABLE " + schema + ".items (id INT PRIMARY KEY)",
                "INSERT INTO " + schema + ".items VALUES (1), (2)");
        start("maxDeletes", "100");
        assertThat(run(false).status()).isEqualTo(RunStatus.COMPLETE);
        source("DELETE FROM " + schema + ".items");
        Run emptied = run(false);
        assertThat(emptied.status()).as(emptied.reason()).isEqualTo(RunStatus.COMPLETE);
        assertThat(rows("items", "id", "id")).isEmpty();
    }
}
