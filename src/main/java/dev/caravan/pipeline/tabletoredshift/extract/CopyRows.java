package dev.caravan.pipeline.tabletoredshift.extract;

import java.nio.ByteBuffer;
import java.sql.SQLException;

/** The rows of a COPY in PostgreSQL's binary format: a header, then for each row the number of its values, and for each value its length, -1 for NULL, and its bytes. A message has whole rows. */
final class CopyRows implements Row {
    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0};
    private static final int NULL = -1, END = -1;
    private final int[] starts, lengths;
    private ByteBuffer message = ByteBuffer.allocate(0);
    private boolean begun, complete;
    private int column;

    CopyRows(int columns) {
        starts = new int[columns];
        lengths = new int[columns];
    }

    /** Takes the next message; what was read of the one before is gone. */
    void take(byte[] bytes) {
        message = ByteBuffer.wrap(bytes);
        if (!begun) {
            message.position(SIGNATURE.length + Integer.BYTES); // and the flags
            message.position(message.getInt() + message.position()); // and their extension
            begun = true;
        }
    }

    /** Goes to the message's next row. */
    boolean next() throws SQLException {
        if (!message.hasRemaining()) {
            return false;
        }
        int values = message.getShort();
        if (values == END) {
            complete = true;
            return false;
        }
        if (values != starts.length) {
            throw new SQLException(
                    "PostgreSQL sent a row of " + values + " values, and was asked for " + starts.length);
        }
        for (int i = 0; i < values; i++) {
            lengths[i] = message.getInt();
            starts[i] = message.position();
            message.position(starts[i] + Math.max(0, lengths[i]));
        }
        return true;
    }

    /** Whether the end has come. */
    boolean isComplete() {
        return complete;
    }

    @Override
    public boolean find(int wanted) {
        column = wanted;
        return lengths[wanted] != NULL;
    }

    @Override
    public byte[] bytes() {
        return message.array();
    }

    @Override
    public int start() {
        return starts[column];
    }

    @Override
    public int length() {
        return lengths[column];
    }
}
