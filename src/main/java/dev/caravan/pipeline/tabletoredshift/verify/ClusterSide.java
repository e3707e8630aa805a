package dev.caravan.pipeline.tabletoredshift.verify;

import dev.caravan.base.Quantity;
import dev.caravan.pipeline.tabletoredshift.type.ColumnMapping;
import dev.caravan.redshift.copy.SqlText;
import dev.caravan.redshift.target.ClusterNames;
import dev.caravan.redshift.target.TableName;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A cluster's rows. The connection is in a transaction, so that all that is read is of one moment, and the driver fetches few rows at a time. */
final class ClusterSide implements Side {
    private static final int FETCHED_BYTES = 16 << 20, MOST_ROWS = 1_000, BYTES_OF_SMALL = 40;

    private final Connection cluster;
    private final TableName table;
    private final List<ColumnMapping> columns;
    private final List<ValueText> types;
    private final String key;
    private final HashedRow row;

    /** @param key the column of ranges, in the source's spelling; of no use if all rows are read */
    ClusterSide(
            Connection cluster,
            TableName table,
            List<ColumnMapping> columns,
            List<ValueText> types,
            String key,
            HashedRow row) {
        this.cluster = cluster;
        this.table = table;
        this.columns = columns;
        this.types = types;
        this.key = key;
        this.row = row;
    }

    @Override
    public void read(KeyRange range, Consumer<HashedRow> rows) throws InterruptedIOException, SQLException {
        long count = 0;
        try (Statement statement = cluster.createStatement()) {
            statement.setFetchSize(fetchSize());
            try (ResultSet found = statement.executeQuery(sql(range))) {
                while (found.next()) {
                    for (int i = 0; i < types.size(); i++) {
                        if (types.get(i).isFloat()) {
                            double value = found.getDouble(i + 1);
                            row.set(i, found.wasNull() ? null : Double.toString(value));
                        } else {
                            row.set(i, found.getString(i + 1));
                        }
                    }
                    row.complete();
                    rows.accept(row);
                    count++;
                    if (Thread.currentThread().isInterrupted()) {
                        throw new InterruptedIOException(
                                "Interrupted after " + Quantity.count(count, "row") + " of " + table.text());
                    }
                }
            }
        }
    }

    private String sql(KeyRange range) {
        String condition = range.equals(KeyRange.ALL) ? "" : range.condition(quoted(key));
        return IntStream.range(0, types.size())
                        .mapToObj(i ->
                                types.get(i).expression(quoted(columns.get(i).name())))
                        .collect(Collectors.joining(", ", "SELECT ", " FROM "))
                + SqlText.identifiers(table.parts(), ".")
                + (condition.isEmpty() ? "" : " WHERE " + condition);
    }

    private static String quoted(String column) {
        return SqlText.identifier(ClusterNames.folded(column));
    }

    /** As many rows as fit into a few megabytes, if each is as long as it may be. */
    private int fetchSize() {
        long bytes = columns.stream()
                .mapToLong(column -> column.maxBytes() + (long) BYTES_OF_SMALL)
                .sum();
        return (int) Math.max(1, Math.min(MOST_ROWS, FETCHED_BYTES / bytes));
    }
}
