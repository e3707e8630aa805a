package dev.caravan.pipeline.redshifttopostgres.postgres.check;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Questions to PostgreSQL's catalog, with texts for answers. */
record Catalog(Connection connection) {
    /** The rows, in which NULL is an empty text; an array of texts is a parameter like any other. */
    List<List<String>> ask(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement ask = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                if (parameters[i] instanceof List<?> texts) {
                    ask.setArray(i + 1, connection.createArrayOf("text", texts.toArray()));
                } else {
                    ask.setObject(i + 1, parameters[i]);
                }
            }
            List<List<String>> rows = new ArrayList<>();
            try (ResultSet row = ask.executeQuery()) {
                int width = row.getMetaData().getColumnCount();
                while (row.next()) {
                    List<String> values = new ArrayList<>();
                    for (int i = 1; i <= width; i++) {
                        String value = row.getString(i);
                        values.add(value == null ? "" : value);
                    }
                    rows.add(values);
                }
            }
            return rows;
        }
    }

    /** Whether there is a row. */
    boolean has(String sql, Object... parameters) throws SQLException {
        return !ask(sql, parameters).isEmpty();
    }
}
