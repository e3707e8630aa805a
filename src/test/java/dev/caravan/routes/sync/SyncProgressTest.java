package dev.caravan.routes.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.ledger.runs.Units;
import dev.caravan.pipeline.tabletoredshift.run.SyncBook;
import dev.caravan.pipeline.tabletoredshift.run.TableState;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.source.SharedSources;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;

/** Of a table that is being read people see how far that is, though the ledger hears no more often than by the lease. */
class SyncProgressTest extends SyncingTest {
    private static final int ROWS = 2_000;

    @Test
    void rowsAreSeenWhileATableIsRead() throws Exception {
        source(
                "CREATE TABLE " + schema + ".big (id INT PRIMARY KEY, pad TEXT)",
                "INSERT INTO " + schema + ".big SELECT seq, REPEAT(seq MOD 7, 1000) FROM seq_1_to_" + ROWS,
                "ANALYZE TABLE " + schema + ".big");
        try (Connection gate = SharedSources.mariaDb().connect();
                Statement statement = gate.createStatement()) {
            statement.execute("SELECT GET_LOCK('" + schema + "', 10)");
            launch(pipeline("columns", "pad=IF(id = " + ROWS / 2 + ", GET_LOCK('" + schema + "', 60), pad)")
                    .with("caravan.ledger.lease", "1s"));
            Run run = ask(false);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> tables(run).stream().anyMatch(table -> table.rows() > 0));
            TableState big = tables(run).get(0);
            assertThat(big.state()).isEqualTo("reading");
            assertThat(big.rows()).isBetween(1L, ROWS / 2L);
            assertThat(big.expectedRows()).as("by the statistics").isBetween(ROWS / 2L, ROWS * 2L);
            assertThat(big.rowsPerSecond()).isPositive();
            await().until(() -> ((CompositeData[]) ManagementFactory.getPlatformMBeanServer()
                                    .getAttribute(new ObjectName("dev.caravan:type=syncs,name=\"shop\""), "Reading"))
                            .length
                    == 1);
            statement.execute("SELECT RELEASE_LOCK('" + schema + "')");
            assertThat(ended(run).status()).isEqualTo(RunStatus.COMPLETE);
            TableState read = tables(run).get(0);
            assertThat(read.rows()).isEqualTo(ROWS);
            assertThat(read.pace()).isEmpty();
        }
    }

    private List<TableState> tables(Run run) {
        Units units = new Units(SharedSandbox.get().dynamoDb(), settings("alice"), Clock.systemUTC());
        SyncBook book = new SyncBook(runs(), units, Clock.systemUTC());
        return book.tables(runs().find("shop", run.id()).orElseThrow());
    }
}
