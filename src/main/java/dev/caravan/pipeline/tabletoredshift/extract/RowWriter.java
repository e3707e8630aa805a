package dev.caravan.pipeline.tabletoredshift.extract;

import dev.caravan.pipeline.tabletoredshift.extract.part.PartSink;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Writes rows, one after the other, and says which of them has a bad value. */
final class RowWriter implements RowTaker {
    /** "The maximum size for a single input row from any source is 4 MB" (COPY, usage notes). */
    private static final int LONGEST_ROW = 4 * 1024 * 1024;

    private final Selection selection;
    private final RowNames names;
    private final PartWriter parts;
    private final ColumnWriter[] columns;
    private final RowBuffer buffer = new RowBuffer();
    private final ReadSoFar.Share soFar;
    private long rows;

    RowWriter(Selection selection, ExtractSettings settings, PartSink sink, ReadSoFar soFar) {
        this.soFar = soFar.share();
        this.selection = selection;
        names = new RowNames(selection);
        parts = new PartWriter(sink, settings);
        columns = selection.columns().stream()
                .map(column -> new ColumnWriter(column, settings))
                .toArray(ColumnWriter[]::new);
    }

    @Override
    public void write(Row row) throws IOException, SQLException, ValueRefused {
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
                    throw names.refused(row, rows, i, e.reason());
                }
                if (buffer.length() >= LONGEST_ROW) {
                    throw names.refused(
                            row,
                            rows,
                            i,
                            "makes the row longer than the 4 MB that COPY reads. Leave the column out (columns: !"
                                    + selection.columns().get(i).name() + ")");
                }
            } else {
                try {
                    columns[i].isNull(buffer);
                } catch (BadValue e) {
                    throw names.refused(row, rows, i, e.reason());
                }
            }
        }
        buffer.add((byte) '\n');
        parts.write(buffer);
        names.goOn(rows);
        soFar.come(rows, parts.bytes());
    }

    @Override
    public long rows() {
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
}
