package dev.caravan.pipeline.tabletoredshift.extract;

import dev.caravan.base.Quantity;
import dev.caravan.base.Shown;
import dev.caravan.pipeline.tabletoredshift.type.ColumnMapping;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes rows, one after the other, and says which of them has a bad value. */
final class RowWriter {
    /** "The maximum size for a single input row from any source is 4 MB" (COPY, usage notes). */
    private static final int LONGEST_ROW = 4 * 1024 * 1024;

    private static final int SHOWN_OF_KEY = 100;

    private final Selection selection;
    private final PartWriter parts;
    private final ColumnWriter[] columns;
    private final RowBuffer buffer = new RowBuffer();
    private long rows;

    RowWriter(Selection selection, ExtractSettings settings, PartSink sink) {
        this.selection = selection;
        parts = new PartWriter(sink, settings);
        columns = selection.columns().stream()
                .map(column -> new ColumnWriter(column, settings))
                .toArray(ColumnWriter[]::new);
    }

    void write(Row row) throws IOException, SQLException, ValueRefused {
        buffer.clear();
        rows++;
        for (int i = 0; i < columns.length; i++) {
            if (i > 0) {
                buffer.add((byte) ',');
            }
            if (row.find(i)) {
                try {
                    columns[i].write(row.bytes(), row.start(), row.length(), buffer);
                } catch (BadValue e) {
                    throw refused(row, i, e.reason());
                }
                if (buffer.length() >= LONGEST_ROW) {
                    throw refused(
                            row,
                            i,
                            "makes the row longer than the 4 MB that COPY reads. Leave the column out (columns: !"
                                    + selection.columns().get(i).name() + ")");
                }
            } else {
                columns[i].writeNull(buffer);
            }
        }
        buffer.add((byte) '\n');
        parts.write(buffer);
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("Interrupted after " + Quantity.count(rows, "row") + " of "
                    + selection.table().id());
        }
    }

    long rows() {
        return rows;
    }

    Extracted finish() throws IOException {
        List<Extracted.Changed> changes = new ArrayList<>();
        for (ColumnWriter column : columns) {
            changes.addAll(column.changes());
        }
        return new Extracted(rows, parts.finish(), changes);
    }

    void abandon() {
        parts.abandon();
    }

    private ValueRefused refused(Row row, int column, String reason) throws SQLException {
        return new ValueRefused(
                selection.table().id(),
                key(row),
                selection.columns().get(column).name(),
                reason);
    }

    /** Its key, or, if it isn't all among what is selected, its number. */
    private String key(Row row) throws SQLException {
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
                ? String.format(Locale.ROOT, "row %,d of those that are read", rows)
                : "the row with " + String.join(", ", key);
    }
}
