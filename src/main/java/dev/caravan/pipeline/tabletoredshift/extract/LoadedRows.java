package dev.caravan.pipeline.tabletoredshift.extract;

import dev.caravan.pipeline.tabletoredshift.extract.part.Codec;
import dev.caravan.pipeline.tabletoredshift.type.Policy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Set;

/** Rows go through the very code that writes CSV, and come out of the quotes again: so whoever compares can't have another notion of what a policy does. */
final class LoadedRows implements RowTaker, LoadedRow {
    private static final byte QUOTE = '"';

    private final RowNames names;
    private final ColumnWriter[] columns;
    private final RowBuffer[] values;
    private final boolean[] nulls;
    private final byte[] nullMarker;
    private final Reader reader;
    private long rows;

    LoadedRows(Selection selection, Set<Policy> policies, Reader reader) {
        this.reader = reader;
        names = new RowNames(selection);
        ExtractSettings settings = new ExtractSettings(ExtractSettings.anyMarker(), Codec.ZSTD, 1, policies);
        columns = selection.columns().stream()
                .map(column -> new ColumnWriter(column, settings))
                .toArray(ColumnWriter[]::new);
        values = new RowBuffer[columns.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = new RowBuffer();
        }
        nulls = new boolean[columns.length];
        nullMarker = settings.nullMarker().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean isNull(int column) {
        return nulls[column];
    }

    @Override
    public String text(int column) {
        return values[column].text();
    }

    @Override
    public void write(Row row) throws IOException, SQLException, ValueRefused {
        rows++;
        for (int i = 0; i < columns.length; i++) {
            RowBuffer value = values[i];
            value.clear();
            nulls[i] = !row.find(i);
            if (!nulls[i]) {
                try {
                    columns[i].write(row.bytes(), row.start(), row.length(), value);
                } catch (BadValue e) {
                    throw names.refused(row, rows, i, e.reason());
                }
                nulls[i] = value.endsFrom(0, nullMarker);
                value.unquote(QUOTE);
            }
        }
        reader.read(this);
        names.goOn(rows);
    }

    @Override
    public long rows() {
        return rows;
    }
}
