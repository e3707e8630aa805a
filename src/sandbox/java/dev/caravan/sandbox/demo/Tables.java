package dev.caravan.sandbox.demo;

import dev.caravan.sandbox.run.RunFailure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The feeds' tables in the cluster, seen through the real Redshift driver. */
final class Tables implements AutoCloseable {
    private static final String DDL = "tables.sql";

    private final Connection connection;

    private Tables(Connection connection) {
        this.connection = connection;
    }

    /** @param environment the variables that point Caravan at its cluster */
    static Tables connect(Map<String, String> environment) {
        Properties properties = new Properties();
        properties.setProperty("user", environment.getOrDefault("CARAVAN_REDSHIFT_USER", ""));
        properties.setProperty("password", environment.getOrDefault("CARAVAN_REDSHIFT_PASSWORD", ""));
        properties.setProperty("enableFetchRingBuffer", "false");
        try {
            return new Tables(
                    DriverManager.getConnection(environment.getOrDefault("CARAVAN_REDSHIFT_URL", ""), properties));
        } catch (SQLException e) {
            throw new RunFailure("Redshift doesn't take a connection", e);
        }
    }

    /** Creates them; they must not be there. */
    void create() {
        try (Statement statement = connection.createStatement()) {
            statement.execute(ddl());
        } catch (SQLException e) {
            throw new RunFailure("The tables could not be created", e);
        }
    }

    long count(String table) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM " + table)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            throw new RunFailure("The rows of " + table + " could not be counted", e);
        }
    }

    /** Everything in a sample's table. */
    TableContents contents(Sample sample) {
        String sql = "SELECT " + String.join(", ", sample.columns()) + " FROM " + sample.table();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData columns = result.getMetaData();
            List<Integer> types = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                types.add(columns.getColumnType(i));
            }
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= types.size(); i++) {
                    String value = result.getString(i);
                    row.add(result.wasNull() ? "" : value);
                }
                rows.add(row);
            }
            return new TableContents(types, rows);
        } catch (SQLException e) {
            throw new RunFailure("The rows of " + sample.table() + " could not be read", e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static String ddl() {
        try (InputStream in = Tables.class.getResourceAsStream(DDL)) {
            if (in == null) {
                throw new FileNotFoundException(DDL);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
