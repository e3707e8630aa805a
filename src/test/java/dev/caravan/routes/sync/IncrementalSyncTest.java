package dev.caravan.routes.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.sandbox.source.SharedSources;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncrementalSyncTest extends SyncingTest {
    private static final String[] INCREMENTAL = {"mode", "incremental", "watermark", "updated_at", "maxDeletes", "50"};

    @Test
    void aRunTakesWhatHasChanged_andAFullOneTakesAwayWhatIsGone() throws Exception {
        table();
        start(INCREMENTAL);
        assertThat(good(run(false)).counts()).containsEntry("rows", 3L);
        assertThat(orders()).containsExactly("1|a", "2|b", "3|c");

        source(
                "UPDATE " + schema + ".orders SET name = 'B' WHERE id = 2",
                "INSERT INTO " + schema + ".orders (id, name) VALUES (4, 'd')",
                "DELETE FROM " + schema + ".orders WHERE id = 1");
        assertThat(good(run(false)).counts()).containsEntry("rows", 2L);
        assertThat(orders()).as("a deleted row isn't seen").containsExactly("1|a", "2|B", "3|c", "4|d");

        assertThat(good(run(true)).counts()).containsEntry("rows", 3L);
        assertThat(orders()).containsExactly("2|B", "3|c", "4|d");

        source("UPDATE " + schema + ".orders SET name = 'D' WHERE id = 4");
        good(run(false));
        assertThat(orders()).containsExactly("2|B", "3|c", "4|D");
    }

    @Test
    void aRowThatIsCommittedLateComesWithTheNextRun() throws Exception {
        table();
        start("mode", "incremental", "watermark", "updated_at", "overlap", "1ms");
        good(run(false));
        try (Connection late = SharedSources.mariaDb().connect();
                Statement statement = late.createStatement()) {
            late.setAutoCommit(false);
            statement.execute("INSERT INTO " + schema + ".orders (id, name) VALUES (10, 'late')");
            source("INSERT INTO " + schema + ".orders (id, name) VALUES (11, 'in time')");
            good(run(false));
            assertThat(orders()).contains("11|in time").doesNotContain("10|late");
            late.commit();
        }
        good(run(false));
        assertThat(orders()).contains("10|late");
    }

    @Test
    void rowsThatAreOnlyAddedComeOnce() throws Exception {
        source("CREATE TABLE " + schema + ".clicks (n INT, at DATETIME(6) NOT NULL DEFAULT NOW(6), KEY (at))");
        source("INSERT INTO " + schema + ".clicks (n, at) VALUES (1, NOW(6) - INTERVAL 1 HOUR)");
        start("mode", "incremental", "watermark", "at", "writeMode", "append", "overlap", "1ms");
        good(run(false));
        source("INSERT INTO " + schema + ".clicks (n, at) VALUES (2, NOW(6) - INTERVAL 30 MINUTE)");
        good(run(false));
        assertThat(rows("clicks", "n", "n")).as("written behind the watermark").containsExactly("1");
        good(run(false));
        assertThat(rows("clicks", "n", "n")).containsExactly("1");
    }

    @Test
    void aWatermarkThatSaysNothingIsRefused() throws Exception {
        source("CREATE TABLE " + schema + ".orders (id INT PRIMARY KEY)");
        start("mode", "incremental", "watermark", "id");
        Run run = run(false);
        assertThat(run.status()).isEqualTo(RunStatus.ERROR);
        assertThat(run.reason()).contains("column id of type int", "doesn't say when a row was written");
    }

    private void table() throws Exception {
        source(
                "CREATE TABLE " + schema
                        + ".orders (id INT PRIMARY KEY, name VARCHAR(9), updated_at TIMESTAMP(6) NOT NULL"
                        + " DEFAULT NOW(6) ON UPDATE NOW(6), KEY (updated_at))",
                "INSERT INTO " + schema
                        + ".orders VALUES (1, 'a', NOW(6) - INTERVAL 1 DAY), (2, 'b', NOW(6) - INTERVAL 1 DAY),"
                        + " (3, 'c', NOW(6) - INTERVAL 1 DAY)");
    }

    private List<String> orders() {
        return rows("orders", "id || '|' || name", "id");
    }

    private static Run good(Run run) {
        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.COMPLETE);
        return run;
    }
}
