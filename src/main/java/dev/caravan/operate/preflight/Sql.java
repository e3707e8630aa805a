package dev.caravan.operate.preflight;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Small questions to a cluster. */
final class Sql {
    private Sql() {}

    /** The first column of every row, as text. */
    static List<String> column(Connection connection, String query, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<String> values = new ArrayList<>();
                while (rows.next()) {
                    values.add(Optional.ofNullable(rows.getString(1)).orElse(""));
                }
                return values;
            }
        }
    }

    /** The first value; empty text if there is none. */
    static String value(Connection connection, String query, String... parameters) throws SQLException {
        return column(connection, query, parameters).stream().findFirst().orElse("");
    }

    /** Whether the answer is true. */
    static boolean isTrue(Connection connection, String query, String... parameters) throws SQLException {
        return value(connection, query, parameters).matches("t|true|1");
    }
}
