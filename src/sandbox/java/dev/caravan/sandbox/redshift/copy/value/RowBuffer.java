package dev.caravan.sandbox.redshift.copy.value;

import java.util.Arrays;

/** Rows in PostgreSQL's COPY text format. A row that turns out to be bad is taken back. */
public final class RowBuffer {
    private static final int FULL = 1 << 16;

    private byte[] bytes = new byte[FULL * 2];
    private int used;
    private int rowStart;

    public void startRow() {
        rowStart = used;
    }

    public void dropRow() {
        used = rowStart;
    }

    public void endRow() {
        room(1);
        bytes[used++] = '\n';
    }

    public void separator() {
        room(1);
        bytes[used++] = '\t';
    }

    public void nullValue() {
        room(2);
        bytes[used++] = '\\';
        bytes[used++] = 'N';
    }

    void value(byte[] from, int start, int length) {
        room(length * 2);
        for (int i = start; i < start + length; i++) {
            byte b = from[i];
            byte escape = switch (b) {
                case '\\' -> '\\';
                case '\n' -> 'n';
                case '\r' -> 'r';
                case '\t' -> 't';
                default -> 0;
            };
            if (escape != 0) {
                bytes[used++] = '\\';
            }
            bytes[used++] = escape != 0 ? escape : b;
        }
    }

    public boolean isFull() {
        return used >= FULL;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return used;
    }

    public void clear() {
        used = 0;
        rowStart = 0;
    }

    private void room(int more) {
        if (used + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, used + more));
        }
    }
}
