package dev.caravan.sandbox.redshift.copy.format;

import java.io.IOException;
import java.io.InputStream;

/** A file's bytes one by one, with a look ahead. */
final class ByteSource {
    static final int END = -1;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int limit;

    ByteSource(InputStream in) {
        this.in = in;
    }

    /** The next byte, or {@link #END}. */
    int take() throws IOException {
        return at < limit || fill() ? buffer[at++] & 0xFF : END;
    }

    /** The next byte, which stays there. */
    int peek() throws IOException {
        return at < limit || fill() ? buffer[at] & 0xFF : END;
    }

    /** The byte behind the next one. */
    int peekSecond() throws IOException {
        if (at + 1 >= limit && at < limit) {
            buffer[0] = buffer[at];
            at = 0;
            limit = 1;
            int read = in.read(buffer, 1, buffer.length - 1);
            limit += Math.max(read, 0);
        }
        return at + 1 < limit || (at >= limit && fill() && at + 1 < limit) ? buffer[at + 1] & 0xFF : END;
    }

    private boolean fill() throws IOException {
        at = 0;
        limit = Math.max(in.read(buffer, 0, buffer.length), 0);
        return limit > 0;
    }
}
