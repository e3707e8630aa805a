package dev.caravan.pipeline.redshifttopostgres.postgres;

import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.source.PostgresDatabase;
import dev.caravan.sandbox.source.SourceDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of a real PostgreSQL that no other test writes to. */
public final class MirrorTarget {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final SourceDatabase database;

    /** Makes it. */
    public MirrorTarget() {
        database = PostgresDatabase.beside(SharedSandbox.get().redshift(), "mirrors" + NUMBER.incrementAndGet());
    }

    /** Where it is, with the user. */
    public String url() {
        return database.url();
    }

    /** A new connection of who may do everything. */
    public Connection connect() throws SQLException {
        return database.connect();
    }

    /** A new connection of somebody else. */
    public Connection connect(String user) throws SQLException {
        return DriverManager.getConnection(database.url().replaceAll("user=\\w+", "user=" + user));
    }

    /** Runs statements. */
    public void run(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Rows of a query, their values with bars between, and ∅ for NULL. */
    public List<String> rows(String query) throws SQLException {
        try (Connection connection = connect()) {
            return rows(connection, query);
        }
    }

    /** The same by a connection that is there. */
    public static List<String> rows(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (row.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    String value = row.getString(i);
                    values.add(value == null ? "∅" : value);
                }
                rows.add(String.join("|", values));
            }
            return rows;
        }
    }

    /** Ends a connection's server process, as a crash or an administrator does. */
    public void terminate(int pid) throws SQLException {
        rows("SELECT pg_terminate_backend(" + pid + ", 10000)");
    }

    /** The server process of a connection. */
    public static int pid(Connection connection) throws SQLException {
        return Integer.parseInt(rows(connection, "SELECT pg_backend_pid()").get(0));
    }
}
