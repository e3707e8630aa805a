package dev.caravan.operate.doctor.trial;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/** Runs SQL as camel-jdbc does: a body is one transaction. */
public final class Database {
    /** COPY itself tries to read an object for up to half an hour (developer guide, "Errors when reading multiple files"). */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final DataSource source;
    private final Set<Statement> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    public Database(DataSource source) {
        this.source = source;
    }

    /** What is done before a transaction is committed. */
    @FunctionalInterface
    interface Meanwhile {
        public void run() throws SQLException;
    }

    /** Runs a body, all or nothing. */
    public void run(String body) throws SQLException {
        run(body, () -> {});
    }

    /** As {@link #run(String)}; the transaction stays open while something else happens. By JDBC only. */
    public void run(String body, Meanwhile meanwhile) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                execute(connection, body);
                meanwhile.run();
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        }
    }

    private static void rollBack(Connection connection, Exception why) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            why.addSuppressed(e);
        }
    }

    private void execute(Connection connection, String body) throws SQLException {
        try (Statement statement = started(connection)) {
            try {
                statement.execute(body);
            } finally {
                running.remove(statement);
            }
        }
    }

    /** All rows of a query, as texts; NULL is empty. */
    List<List<String>> rows(String query) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        ask(query, answer -> {
            int columns = answer.getMetaData().getColumnCount();
            while (answer.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(Optional.ofNullable(answer.getString(i)).orElse("").strip());
                }
                rows.add(row);
            }
        });
        return rows;
    }

    /** The first column of the first row; empty if there is none. */
    public String value(String query) throws SQLException {
        return rows(query).stream().findFirst().map(row -> row.get(0)).orElse("");
    }

    /** The names of a query's columns. */
    List<String> columns(String query) throws SQLException {
        List<String> names = new ArrayList<>();
        ask(query, answer -> {
            ResultSetMetaData header = answer.getMetaData();
            for (int i = 1; i <= header.getColumnCount(); i++) {
                names.add(header.getColumnLabel(i));
            }
        });
        return names;
    }

    @FunctionalInterface
    private interface Reader {
        void read(ResultSet answer) throws SQLException;
    }

    private void ask(String query, Reader reader) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = started(connection)) {
            try (ResultSet answer = statement.executeQuery(query)) {
                reader.read(answer);
            } finally {
                running.remove(statement);
            }
        }
    }

    private Statement started(Connection connection) throws SQLException {
        Statement statement = connection.createStatement();
        running.add(statement);
        try {
            statement.setQueryTimeout((int) LONGEST.toSeconds());
        } catch (SQLFeatureNotSupportedException e) {
            // the Data API has limits of its own
        }
        if (stopped) {
            throw new SQLException("stopped", "57014");
        }
        return statement;
    }

    /** Cancels what runs, as far as that can be done, and lets nothing more run. */
    public void stop() {
        stopped = true;
        running.forEach(statement -> {
            try {
                statement.cancel();
            } catch (SQLException e) {
                // the Data API's run to their end, which the schema's DROP waits for
            }
        });
    }

    public boolean isStopped() {
        return stopped;
    }
}
