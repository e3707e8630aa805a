package dev.caravan.sandbox.demo.mirror;

import dev.caravan.base.Quantity;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rows of a table, whole.
 *
 * @param columns their names, the key first
 * @param rows by key, every value as its driver writes it; NULL is empty
 */
record Contents(List<String> columns, SortedMap<Long, List<Optional<String>>> rows) {

    /** @param rows which: from a table's name on, as it stands behind FROM */
    static Contents read(Connection connection, List<String> columns, String rows) throws SQLException {
        SortedMap<Long, List<Optional<String>>> found = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT " + String.join(", ", columns) + " FROM " + rows)) {
            while (result.next()) {
                List<Optional<String>> row = new ArrayList<>();
                for (int i = 1; i <= columns.size(); i++) {
                    row.add(Optional.ofNullable(result.getString(i)));
                }
                found.put(result.getLong(1), row);
            }
        }
        return new Contents(columns, found);
    }

    /** What another one has otherwise, in words; empty if every value of every row is the same. */
    Optional<String> difference(Contents other) {
        TreeSet<Long> keys = new TreeSet<>(rows.keySet());
        keys.addAll(other.rows.keySet());
        keys.removeIf(key -> Optional.ofNullable(rows.get(key)).equals(Optional.ofNullable(other.rows.get(key))));
        return keys.stream()
                .findFirst()
                .map(key -> "%s not the same, for example %d: %s and %s"
                        .formatted(Quantity.count(keys.size(), "row is", "rows are"), key, text(key), other.text(key)));
    }

    private String text(long key) {
        return Optional.ofNullable(rows.get(key))
                .map(row -> row.stream()
                        .map(value -> value.map(v -> "'" + v + "'").orElse("NULL"))
                        .toList()
                        .toString())
                .orElse("nothing");
    }
}
