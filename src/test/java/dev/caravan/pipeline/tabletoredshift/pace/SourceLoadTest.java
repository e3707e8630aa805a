package dev.caravan.pipeline.tabletoredshift.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.caravan.sandbox.source.MariaDb;
import dev.caravan.sandbox.source.SharedSources;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A source is asked how much it has to do; what it doesn't tell is said, and nothing of it is taken for too much. */
class SourceLoadTest {
    private static final StopAbove LAG = StopAbove.of("replicaLag=30s").orElseThrow();

    @Test
    void whatIsWrittenIsUnderstood() {
        assertThat(StopAbove.of("replicaLag=30s, threadsRunning=40"))
                .contains(new StopAbove(Optional.of(Duration.ofSeconds(30)), OptionalInt.of(40)));
        assertThat(List.of(
                        "replicaLag",
                        "replicaLag=",
                        "replicaLag=30",
                        "threadsRunning=0",
                        "threadsRunning=1s",
                        "lag=1s",
                        "replicaLag=1s,replicaLag=2s"))
                .allSatisfy(text -> assertThat(StopAbove.of(text)).isEmpty());
    }

    @Test
    void threadsOfMariaDbAreCounted() throws Exception {
        try (Connection other = SharedSources.mariaDb().connect();
                SourceLoad load = mariaDb("threadsRunning=1");
                SourceLoad many = mariaDb("threadsRunning=100000")) {
            Thread sleeper = new Thread(() -> {
                try (Statement statement = other.createStatement()) {
                    statement.execute("SELECT SLEEP(30)");
                } catch (SQLException e) {
                    // its connection is aborted
                }
            });
            sleeper.start();
            await().until(() -> load.ask().above().isPresent());
            assertThat(load.ask().above().orElseThrow())
                    .matches("the source has \\d+ threads at work, more than 1 \\(stopAbove: threadsRunning\\)");
            assertThat(many.ask().above()).isEmpty();
            other.abort(Runnable::run);
            sleeper.join();
        }
    }

    @Test
    void whoIsNoReplicaSaysNothing() {
        try (SourceLoad mariaDb = mariaDb("replicaLag=1s");
                SourceLoad postgres = new SourceLoad(
                        SharedSources.postgres()::connect,
                        StopAbove.of("replicaLag=1s, threadsRunning=1").orElseThrow())) {
            assertThat(mariaDb.ask().above()).isEmpty();
            assertThat(mariaDb.ask().silent()).singleElement().asString().contains("isn't a replica");
            assertThat(postgres.ask().above()).isEmpty();
            assertThat(postgres.ask().silent())
                    .hasSize(2)
                    .anySatisfy(one -> assertThat(one).contains("isn't a replica"))
                    .anySatisfy(one -> assertThat(one).contains("nothing of PostgreSQL"));
        }
    }

    @Test
    void aMissingRightIsSaid_andHoldsNothingUp() throws SQLException {
        try (Connection connection = SharedSources.mariaDb().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE USER lagless IDENTIFIED BY 'p'");
            statement.execute("GRANT SELECT ON shop.* TO lagless");
        }
        try (SourceLoad load = new SourceLoad(
                () -> DriverManager.getConnection(SharedSources.mariaDb().url(), "lagless", "p"), LAG)) {
            SourceLoad.Answer answer = load.ask();
            assertThat(answer.above()).isEmpty();
            assertThat(answer.denied()).singleElement().asString().contains("REPLICATION CLIENT", "SLAVE MONITOR");
        }
    }

    @Test
    void aReplicaThatStandsStillIsTooFarBehind() throws Exception {
        try (MariaDb server = MariaDb.start();
                Connection connection = server.connect();
                Statement statement = connection.createStatement();
                SourceLoad load = new SourceLoad(server::connect, LAG)) {
            statement.execute("CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = 1, MASTER_USER = 'nobody'");
            assertThat(load.ask().above().orElseThrow()).contains("doesn't replicate now");
        }
    }

    @Test
    void aSourceThatCantBeAskedIsLeftAlone_andAskedAgain() throws Exception {
        AtomicBoolean away = new AtomicBoolean(true);
        try (SourceLoad load = new SourceLoad(
                () -> {
                    if (away.get()) {
                        throw new SQLException("Too many connections");
                    }
                    return SharedSources.mariaDb().connect();
                },
                LAG)) {
            assertThat(load.ask().above().orElseThrow()).contains("can't be asked", "Too many connections");
            away.set(false);
            assertThat(load.ask().above()).isEmpty();
        }
    }

    @Test
    void readingHaltsWhileTheSourceHasTooMuchToDo_andEndsIfItLastsTooLong() throws Exception {
        AtomicBoolean away = new AtomicBoolean();
        AtomicLong rows = new AtomicLong();
        AtomicBoolean tooLong = new AtomicBoolean();
        List<String> told = new CopyOnWriteArrayList<>();
        SourceLoad load = new SourceLoad(
                () -> {
                    if (away.get()) {
                        throw new SQLException("Too many connections");
                    }
                    Connection connection = SharedSources.mariaDb().connect();
                    connection.close(); // each question wants a new one
                    return connection;
                },
                LAG);
        Patience patience = new Patience(
                () -> false,
                () -> {
                    if (tooLong.get()) {
                        throw new IOException("too long");
                    }
                },
                Duration.ofMillis(50));
        away.set(true);
        try (SourceWatch watch = SourceWatch.begin(load, Duration.ofMillis(50), patience, told::add)) {
            await().until(() -> told.size() == 1);
            Thread reader = new Thread(() -> {
                try {
                    watch.row();
                    rows.incrementAndGet();
                } catch (IOException e) {
                    rows.set(-1);
                }
            });
            reader.start();
            await().during(Duration.ofMillis(500)).until(() -> rows.get() == 0);
            tooLong.set(true);
            reader.join();
            assertThat(rows).hasValue(-1);
            assertThatThrownBy(watch::row).hasMessage("too long");
            assertThat(told).singleElement().asString().contains("Too many connections");
        }
    }

    private static SourceLoad mariaDb(String limits) {
        return new SourceLoad(
                SharedSources.mariaDb()::connect, StopAbove.of(limits).orElseThrow());
    }
}
