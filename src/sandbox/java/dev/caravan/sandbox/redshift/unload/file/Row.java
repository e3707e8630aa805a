package dev.caravan.sandbox.redshift.unload.file;

import dev.caravan.sandbox.redshift.wire.Message;

/** One row of a result, its values as PostgreSQL writes them in text. */
public final class Row {
    private static final int NULL = -1;

    private final Message message;
    private final int[] starts;
    private final int[] lengths;

    private Row(Message message, int columns) {
        this.message = message;
        starts = new int[columns];
        lengths = new int[columns];
    }

    /** @param message a DataRow with at least so many columns */
    public static Row of(Message message, int columns) {
        Row row = new Row(message, columns);
        int at = Short.BYTES;
        for (int i = 0; i < columns; i++) {
            row.lengths[i] = message.int32(at);
            row.starts[i] = at + Integer.BYTES;
            at = row.starts[i] + Math.max(0, row.lengths[i]);
        }
        return row;
    }

    public boolean isNull(int column) {
        return lengths[column] == NULL;
    }

    /** The value; of a NULL an empty text. */
    String text(int column) {
        return message.string(starts[column], Math.max(0, lengths[column]));
    }
}
