package dev.caravan.routes.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import org.junit.jupiter.api.Test;

class FullSyncTest extends SyncingTest {
    @Test
    void allTablesAreMadeAndFilled_andARunLaterTheyAreAsTheSourceIsThen() throws Exception {
        source(
                "CREATE TABLE " + schema + ".orders (id BIGINT PRIMARY KEY, name VARCHAR(20), paid DATETIME(3))",
                "INSERT INTO " + schema
                        + ".orders VALUES (1, 'a', '2026-01-31 12:00:00.5'), (2, NULL, NULL), (3, '', NULL)",
                "CREATE TABLE " + schema + ".empty_one (id INT PRIMARY KEY)");
        start();
        Run first = run(false);
        assertThat(first.status()).as(first.reason()).isEqualTo(RunStatus.COMPLETE);
        assertThat(first.counts()).containsEntry("tables", 2L).containsEntry("rows", 3L);
        assertThat(rows("orders", "id || '|' || COALESCE(name, 'null')", "id")).containsExactly("1|a", "2|null", "3|");
        assertThat(rows("empty_one", "id", "id")).isEmpty();

        source(
                "UPDATE " + schema + ".orders SET name = 'b' WHERE id = 2",
                "INSERT INTO " + schema + ".orders VALUES (4, 'd', NULL)");
        Run second = run(false);
        assertThat(second.status()).as(second.reason()).isEqualTo(RunStatus.COMPLETE);
        assertThat(rows("orders", "id || '|' || COALESCE(name, 'null')", "id"))
                .containsExactly("1|a", "2|b", "3|", "4|d");
    }
}
