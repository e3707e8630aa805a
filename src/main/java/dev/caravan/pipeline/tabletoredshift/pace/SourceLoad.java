package dev.caravan.pipeline.tabletoredshift.pace;

import dev.caravan.base.Quantity;
import dev.caravan.base.Shown;
import dev.caravan.pipeline.tabletoredshift.source.Opening;
import dev.caravan.pipeline.tabletoredshift.source.SourceKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks a source how much it has to do, on a connection of its own, which is opened when it is needed, and anew when it has failed. For one thread. */
public final class SourceLoad implements AutoCloseable {
    private static final int LONGEST_ANSWER_MILLIS = 10_000;

    private final Opening opening;
    private final StopAbove limits;
    private Optional<Connection> open = Optional.empty();

    public SourceLoad(Opening opening, StopAbove limits) {
        this.opening = opening;
        this.limits = limits;
    }

    /**
     * What it said.
     *
     * @param above why the source isn't to be read now, in words; empty if it may be
     * @param denied what the user may not know, and the right that is missing
     * @param silent limits that say nothing here
     */
    public record Answer(Optional<String> above, List<String> denied, List<String> silent) {
        public Answer {
            denied = List.copyOf(denied);
            silent = List.copyOf(silent);
        }
    }

    /** Asks. A source that doesn't answer within seconds has too much to do. */
    public Answer ask() {
        try {
            Connection connection = open.isPresent() ? open.get() : connect();
            try (Statement statement = connection.createStatement()) {
                return switch (SourceKind.of(connection)) {
                    case MYSQL -> mySql(statement);
                    case POSTGRESQL -> postgres(statement);
                };
            }
        } catch (SQLException | RuntimeException e) {
            close();
            return new Answer(
                    Optional.of("the source can't be asked how much it has to do (stopAbove): "
                            + Shown.line(String.valueOf(e.getMessage()))),
                    List.of(),
                    List.of());
        }
    }

    /**
     * Asks whether the source may be read.
     *
     * @throws SourceBusy if it has too much to do now; this is closed then
     */
    public Answer require() throws SourceBusy {
        Answer answer = ask();
        if (answer.above().isPresent()) {
            close();
            throw new SourceBusy(answer.above().get());
        }
        return answer;
    }

    private Connection connect() throws SQLException {
        Connection connection = opening.open();
        open = Optional.of(connection);
        connection.setNetworkTimeout(Runnable::run, LONGEST_ANSWER_MILLIS);
        return connection;
    }

    private Answer mySql(Statement statement) throws SQLException {
        Said said = new Said();
        if (limits.threadsRunning().isPresent()) {
            MySqlLoad.threadsRunning(statement).ifPresent(threads -> said.threads(threads, limits));
        }
        if (limits.replicaLag().isPresent()) {
            said.lag(MySqlLoad.lag(statement), limits.replicaLag().get());
        }
        return said.answer();
    }

    private Answer postgres(Statement statement) throws SQLException {
        Said said = new Said();
        if (limits.threadsRunning().isPresent()) {
            said.silent.add("stopAbove: threadsRunning says nothing of PostgreSQL, only of MySQL and MariaDB");
        }
        if (limits.replicaLag().isPresent()) {
            said.lag(PostgresLoad.lag(statement), limits.replicaLag().get());
        }
        return said.answer();
    }

    /** Also what is broken. */
    @Override
    public void close() {
        open.ifPresent(connection -> {
            try {
                connection.close();
            } catch (SQLException e) {
                // it is gone already
            }
        });
        open = Optional.empty();
    }

    private static final class Said {
        final List<String> denied = new ArrayList<>(), silent = new ArrayList<>();
        private Optional<String> above = Optional.empty();

        void threads(long running, StopAbove limits) {
            int most = limits.threadsRunning().orElseThrow();
            if (running > most) {
                above = Optional.of("the source has " + running + " threads at work, more than " + most
                        + " (stopAbove: threadsRunning)");
            }
        }

        void lag(ReplicaLag lag, Duration most) {
            if (lag instanceof ReplicaLag.NoReplica) {
                silent.add(
                        "stopAbove: replicaLag says nothing, for the source isn't a replica that tells how far it is behind");
            } else if (lag instanceof ReplicaLag.Denied right) {
                denied.add(
                        "stopAbove: replicaLag says nothing, for the source's user may not know how far it is behind. Allow it: "
                                + right.grant());
            } else if (lag instanceof ReplicaLag.Unknown) {
                above = Optional.of(
                        "the source is a replica that doesn't replicate now, and doesn't say how far it is behind"
                                + " (stopAbove: replicaLag)");
            } else if (lag instanceof ReplicaLag.Behind behind && behind.by().compareTo(most) > 0) {
                above = Optional.of("the source is " + Quantity.inWords(behind.by())
                        + " behind the server that it replicates from, more than " + Quantity.inWords(most)
                        + " (stopAbove: replicaLag)");
            }
        }

        Answer answer() {
            return new Answer(above, denied, silent);
        }
    }
}
