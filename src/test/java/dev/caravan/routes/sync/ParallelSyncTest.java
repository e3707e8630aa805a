package dev.caravan.routes.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.ledger.runs.Unit;
import dev.caravan.ledger.runs.Units;
import dev.caravan.pipeline.tabletoredshift.table.TableResult;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A large table that several connections read is one batch, and has each row once. */
class ParallelSyncTest extends SyncingTest {
    private static final int ROWS = 120_000;

    @Test
    void aLargeTableIsReadBySeveralConnections_andASmallOneByOne() throws Exception {
        source(
                "CREATE TABLE " + schema + ".large (id BIGINT PRIMARY KEY, name CHAR(32))",
                "INSERT INTO " + schema + ".large SELECT seq * 7, MD5(seq) FROM seq_1_to_" + ROWS,
                "ANALYZE TABLE " + schema + ".large",
                "CREATE TABLE " + schema + ".small (id INT PRIMARY KEY)",
                "INSERT INTO " + schema + ".small VALUES (1), (2)");
        start("parallel", "4", "maxRate", "40000");
        long start = System.nanoTime();
        Run run = run(false);
        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.COMPLETE);
        assertThat(run.counts()).containsEntry("rows", ROWS + 2L);
        assertThat((System.nanoTime() - start) / 1e9)
                .as("the rate is all connections'")
                .isGreaterThan(ROWS / 40_000 - 0.1);
        assertThat(rows("large", "count(DISTINCT id) || ' ' || sum(id)", "1"))
                .containsExactly(ROWS + " " + 7L * ROWS * (ROWS + 1) / 2);
        assertThat(rows("small", "id", "id")).containsExactly("1", "2");
        List<Unit> units = new Units(SharedSandbox.get().dynamoDb(), settings("alice"), Clock.systemUTC())
                .of(run.id(), run.attempt());
        TableResult large = TableResult.of(units.get(0).result());
        assertThat(large.warnings()).isEmpty();
        assertThat(large.loads()).singleElement().satisfies(load -> {
            assertThat(load.rows()).isEqualTo(ROWS);
            assertThat(load.allParts()).as("one of each connection").hasSize(4);
        });
        assertThat(TableResult.of(units.get(1).result()).loads().get(0).allParts())
                .hasSize(1);
    }

    @Test
    void aKeyThatIsntTakenCutsTheTableAllTheSame() throws Exception {
        source(
                "CREATE TABLE " + schema + ".large (id BIGINT PRIMARY KEY, name CHAR(32))",
                "INSERT INTO " + schema + ".large SELECT seq, MD5(seq) FROM seq_1_to_" + ROWS,
                "ANALYZE TABLE " + schema + ".large");
        start("parallel", "2", "columns", "!id");
        Run run = run(false);
        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.COMPLETE);
        assertThat(rows("large", "count(*) || ' ' || count(DISTINCT name)", "1"))
                .containsExactly(ROWS + " " + ROWS);
        TableResult large =
                TableResult.of(new Units(SharedSandbox.get().dynamoDb(), settings("alice"), Clock.systemUTC())
                        .of(run.id(), run.attempt())
                        .get(0)
                        .result());
        assertThat(large.warnings()).isEmpty();
        assertThat(large.loads().get(0).allParts()).as("one of each connection").hasSize(2);
    }
}
