package dev.caravan.sandbox.chaos.tables;

import dev.caravan.sandbox.chaos.check.Clusters;
import dev.caravan.sandbox.chaos.check.Finding;
import dev.caravan.sandbox.chaos.check.Finding.Kind;
import dev.caravan.sandbox.run.RunFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares a table's rows in the source with those in each cluster, value by value. */
final class TableCheck {
    private TableCheck() {}

    static List<Finding> findings(ChangingSource source, ChangingTable table, Clusters clusters, List<String> names) {
        List<Finding> findings = new ArrayList<>();
        try (Connection written = source.database().connect()) {
            Map<String, List<String>> wanted = rows(written, table.compared("shop"));
            for (String cluster : names) {
                try (Connection connection = clusters.connect(cluster)) {
                    compare(
                            "table from_%s.%s in %s, id ".formatted(source.name(), table.table(), cluster),
                            wanted,
                            rows(connection, table.compared("from_" + source.name())),
                            findings);
                }
            }
            return findings;
        } catch (SQLException e) {
            throw new RunFailure("The rows of " + source.name() + " could not be compared", e);
        }
    }

    private static void compare(
            String where, Map<String, List<String>> wanted, Map<String, List<String>> found, List<Finding> findings) {
        wanted.forEach((id, rows) -> {
            List<String> there = found.getOrDefault(id, List.of());
            if (there.size() > 1) {
                findings.add(new Finding(Kind.DOUBLED, where + id, "is there " + there.size() + " times"));
            } else if (!there.equals(rows)) {
                findings.add(new Finding(Kind.LOST, where + id, "is " + there + " and not " + rows));
            }
        });
        found.forEach((id, rows) -> {
            if (!wanted.containsKey(id)) {
                findings.add(new Finding(Kind.DOUBLED, where + id, "isn't in the source any more: " + rows));
            }
        });
    }

    /** Rows by their ids. */
    private static Map<String, List<String>> rows(Connection connection, String sql) throws SQLException {
        Map<String, List<String>> all = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 2; i <= columns; i++) {
                    String value = rows.getString(i);
                    values.add(value == null ? "NULL" : "'" + value + "'");
                }
                all.computeIfAbsent(rows.getString(1), id -> new ArrayList<>()).add(String.join(", ", values));
            }
        }
        return all;
    }
}
