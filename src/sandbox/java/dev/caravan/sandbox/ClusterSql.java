package dev.caravan.sandbox;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** SQL for tests, by the real driver, a connection for each call. */
public final class ClusterSql {
    private final String url;
    private final Properties properties = new Properties();

    /** @param environment of a {@link Sandbox} */
    public ClusterSql(Map<String, String> environment) {
        url = environment.getOrDefault("CARAVAN_REDSHIFT_URL", "");
        properties.put("user", environment.getOrDefault("CARAVAN_REDSHIFT_USER", ""));
        properties.put("password", environment.getOrDefault("CARAVAN_REDSHIFT_PASSWORD", ""));
        properties.put("enableFetchRingBuffer", "false");
    }

    /** A connection by the real driver. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, properties);
    }

    /** Runs statements that return nothing. */
    public void run(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of every row, as text. */
    public List<String> column(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(String.valueOf(rows.getString(1)));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Rows of a table. */
    public long count(String table) {
        return Long.parseLong(column("SELECT count(*) FROM " + table).get(0));
    }
}
