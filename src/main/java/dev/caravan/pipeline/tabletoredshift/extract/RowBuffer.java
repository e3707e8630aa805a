package dev.caravan.pipeline.tabletoredshift.extract;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of one row of CSV. */
final class RowBuffer {
    private byte[] bytes = new byte[8 * 1024];
    private int length;

    void clear() {
        length = 0;
    }

    int length() {
        return length;
    }

    /** Forgets what stands behind. */
    void cut(int to) {
        length = to;
    }

    void add(byte b) {
        room(1);
        bytes[length++] = b;
    }

    void add(byte[] from, int start, int count) {
        room(count);
        System.arraycopy(from, start, bytes, length, count);
        length += count;
    }

    /** Whether exactly this stands there from a place on. */
    boolean endsFrom(int start, byte[] with) {
        return Arrays.equals(bytes, start, length, with, 0, with.length);
    }

    /** Takes what stands in quotes out of them; a doubled one is one. */
    void unquote(byte quote) {
        if (length == 0 || bytes[0] != quote) {
            return;
        }
        int to = 0;
        for (int i = 1; i < length - 1; i++) {
            bytes[to++] = bytes[i];
            i += bytes[i] == quote ? 1 : 0;
        }
        length = to;
    }

    String text() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Has room for more without growing. */
    void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length * 2));
        }
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, length);
    }
}
