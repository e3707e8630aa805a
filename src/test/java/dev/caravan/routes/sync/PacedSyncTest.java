package dev.caravan.routes.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.ledger.runs.Units;
import dev.caravan.pipeline.tabletoredshift.run.SyncBook;
import dev.caravan.pipeline.tabletoredshift.run.SyncStages;
import dev.caravan.pipeline.tabletoredshift.run.TableState;
import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.source.SharedSources;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A source is asked no harder than its owner says, and left alone while it has too much to do. */
class PacedSyncTest extends SyncingTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    @Test
    void aTableIsReadNoFasterThanItsRate() throws Exception {
        orders(2_000);
        start("maxRate", "500");
        long start = System.nanoTime();
        Run run = run(false);
        assertThat(run.status()).as(run.reason()).isEqualTo(RunStatus.COMPLETE);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(3_900));
        assertThat(rows("orders", "count(*)", "1")).containsExactly("2000");
    }

    @Test
    void aRateThatIsTooSlowEndsTheReading() throws Exception {
        orders(2_000);
        start("maxRate", "1", "maxSnapshot", "2s");
        Run run = run(false);
        assertThat(run.status()).isEqualTo(RunStatus.ERROR);
        assertThat(run.reason())
                .contains("took longer than 2 s to read", "at 1 row a second at the most", "larger maxRate");
    }

    @Test
    void aTableThatIsReadSlowlyIsLeftToOthersWhenItsInstanceStops() throws Exception {
        orders(2_000);
        Pipeline first = start("maxRate", "1");
        Run asked = ask(false);
        await().until(() -> state(asked).state().equals("reading"));
        long start = System.nanoTime();
        first.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        assertThat(state(asked).state()).as(state(asked).error()).isEqualTo("waiting");
        assertThat(state(asked).error()).contains("this instance stops");
        start();
        Run ended = ended(asked);
        assertThat(ended.status()).as(ended.reason()).isEqualTo(RunStatus.COMPLETE);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("before the lease of the first instance is over")
                .isLessThan(Duration.ofSeconds(50));
        assertThat(rows("orders", "count(*)", "1")).containsExactly("2000");
    }

    @Test
    void aSourceThatHasTooMuchToDoIsntReadUntilItHasLess() throws Exception {
        orders(10);
        Run asked;
        try (Busy busy = new Busy(6)) {
            start("stopAbove", "threadsRunning=5");
            asked = ask(false);
            await().until(() ->
                    runs().find("shop", asked.id()).orElseThrow().reason().contains("threads at work"));
            assertThat(runs().find("shop", asked.id()).orElseThrow().reason())
                    .contains("more than 5 (stopAbove: threadsRunning)");
            assertThat(busy.threads).hasSize(6);
        }
        Run ended = ended(asked);
        assertThat(ended.status()).as(ended.reason()).isEqualTo(RunStatus.COMPLETE);
        assertThat(rows("orders", "count(*)", "1")).containsExactly("10");
    }

    @Test
    void readingHaltsWhileItsSourceHasTooMuchToDo() throws Exception {
        orders(2_000);
        start("stopAbove", "threadsRunning=5", "maxRate", "100");
        Run asked = ask(false);
        await().until(() -> state(asked).state().equals("reading"));
        try (Busy busy = new Busy(6)) {
            await().atMost(LONG).until(() -> state(asked).error().contains("threads at work"));
            assertThat(state(asked).state()).isEqualTo("reading");
            await().until(() -> runs().find("shop", asked.id())
                    .orElseThrow()
                    .reason()
                    .startsWith(schema + ".orders waits: the source has"));
            assertThat(busy.threads).hasSize(6);
        }
        await().atMost(LONG)
                .until(() -> runs().find("shop", asked.id()).orElseThrow().status() != RunStatus.RUNNING);
        Run ended = ended(asked);
        assertThat(ended.status()).as(ended.reason()).isEqualTo(RunStatus.COMPLETE);
        assertThat(ended.stage()).isEqualTo(SyncStages.LOAD);
        assertThat(rows("orders", "count(*)", "1")).containsExactly("2000");
    }

    private void orders(int rows) throws SQLException {
        source(
                "CREATE TABLE " + schema + ".orders (id INT PRIMARY KEY)",
                "INSERT INTO " + schema + ".orders SELECT seq FROM seq_1_to_" + rows);
    }

    private TableState state(Run run) {
        Clock clock = Clock.systemUTC();
        SyncBook book =
                new SyncBook(runs(), new Units(SharedSandbox.get().dynamoDb(), settings("alice"), clock), clock);
        List<TableState> tables = book.tables(runs().find("shop", run.id()).orElseThrow());
        return tables.isEmpty() ? new TableState("", "", 0, 0, 0, 0, 0, "", List.of(), Map.of(), null) : tables.get(0);
    }

    /** Threads of the source that are at work. */
    private static final class Busy implements AutoCloseable {
        final List<Thread> threads = new ArrayList<>();
        private final List<Connection> connections = new ArrayList<>();

        Busy(int number) throws SQLException {
            for (int i = 0; i < number; i++) {
                Connection connection = SharedSources.mariaDb().connect();
                connections.add(connection);
                Thread thread = new Thread(() -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("SELECT SLEEP(300)");
                    } catch (SQLException e) {
                        // it was long enough
                    }
                });
                thread.start();
                threads.add(thread);
            }
        }

        @Override
        public void close() throws SQLException {
            try (Connection killer = SharedSources.mariaDb().connect();
                    Statement statement = killer.createStatement()) {
                for (Connection connection : connections) {
                    statement.execute("KILL "
                            + connection
                                    .unwrap(org.mariadb.jdbc.Connection.class)
                                    .getThreadId());
                }
            }
        }
    }
}
