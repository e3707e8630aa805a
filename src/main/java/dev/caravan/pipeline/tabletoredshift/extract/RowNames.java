package dev.caravan.pipeline.tabletoredshift.extract;

import dev.caravan.base.Quantity;
import dev.caravan.base.Shown;
import dev.caravan.pipeline.tabletoredshift.type.ColumnMapping;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says which row has a bad value. */
record RowNames(Selection selection) {
    private static final int SHOWN_OF_KEY = 100;

    /** @param number of the row among those that were read, from 1 */
    ValueRefused refused(Row row, long number, int column, String reason) throws SQLException {
        return new ValueRefused(
                selection.table().id(),
                key(row, number),
                selection.columns().get(column).name(),
                reason);
    }

    /** Ends the reading if somebody has interrupted the thread. */
    void goOn(long rows) throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("Interrupted after " + Quantity.count(rows, "row") + " of "
                    + selection.table().id());
        }
    }

    /** Its key, or, if it isn't all among what is selected, its number. */
    private String key(Row row, long number) throws SQLException {
        List<String> names =
                selection.columns().stream().map(ColumnMapping::name).toList();
        List<String> key = new ArrayList<>();
        for (String name : selection.table().primaryKey()) {
            int at = names.indexOf(name);
            if (at < 0 || !row.find(at)) {
                key.clear();
                break;
            }
            String value = new String(row.bytes(), row.start(), row.length(), StandardCharsets.UTF_8);
            key.add(name + "="
                    + Shown.line(value.length() > SHOWN_OF_KEY ? value.substring(0, SHOWN_OF_KEY) + "…" : value));
        }
        return key.isEmpty()
                ? String.format(Locale.ROOT, "row %,d of those that are read", number)
                : "the row with " + String.join(", ", key);
    }
}
