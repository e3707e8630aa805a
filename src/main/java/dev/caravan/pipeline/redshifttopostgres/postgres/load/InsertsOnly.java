package dev.caravan.pipeline.redshifttopostgres.postgres.load;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A difference's file without the first value of each row, which must be {@code I}: what is left can be copied into the target itself. */
final class InsertsOnly extends FilterInputStream {
    private static final int AT_START = 0;
    private static final int IN_OP = 1;
    private static final int IN_ROW = 2;

    private final byte[] one = new byte[1];
    private int state = AT_START;
    private boolean quoted;

    InsertsOnly(InputStream rows) {
        super(rows);
    }

    @Override
    public int read() throws IOException {
        int read = read(one, 0, 1);
        return read < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            int read = in.read(to, offset, length);
            if (read < 0) {
                return -1;
            }
            int kept = strip(to, offset, read);
            if (kept > 0) {
                return kept;
            }
        }
    }

    private int strip(byte[] bytes, int offset, int length) throws IOException {
        int kept = offset;
        for (int i = offset; i < offset + length; i++) {
            byte b = bytes[i];
            if (state == AT_START) {
                if (b != 'I') {
                    throw new NotAnInsert("a row of a first load begins with '" + (char) (b & 0xFF) + "' instead of I");
                }
                state = IN_OP;
            } else if (state == IN_OP) {
                if (b != ',') {
                    throw new NotAnInsert("a row of a first load has more than I for its first value");
                }
                state = IN_ROW;
            } else {
                quoted ^= b == '"';
                if (b == '\n' && !quoted) {
                    state = AT_START;
                }
                bytes[kept++] = b;
            }
        }
        return kept - offset;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Reading it again changes nothing. */
    static final class NotAnInsert extends IOException {
        private static final long serialVersionUID = 1;

        NotAnInsert(String message) {
            super(message);
        }
    }
}
