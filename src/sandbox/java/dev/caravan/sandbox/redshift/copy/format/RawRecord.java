package dev.caravan.sandbox.redshift.copy.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The record in hand, reused for every record of a file. Fields are bytes, because Redshift counts lengths in bytes and checks
 * encodings itself.
 */
public final class RawRecord {
    public static final int NULL = -1;
    private static final int RAW_LIMIT = 1024; // what stl_load_errors keeps of a line

    private byte[] bytes = new byte[8192];
    private int used;
    private int[] starts = new int[32];
    private int[] lengths = new int[32];
    private int fields;
    private long line;
    private final byte[] raw = new byte[RAW_LIMIT];
    private int rawLength;
    private int read;
    private String malformed = "";
    private int malformedCode;

    void clear() {
        used = 0;
        fields = 0;
        rawLength = 0;
        read = 0;
        malformed = "";
    }

    /** @param number as stl_load_errors gives it: the first line of a delimited record, the last one of a JSON object */
    public void line(long number) {
        line = number;
    }

    public long line() {
        return line;
    }

    void startField() {
        if (fields == starts.length) {
            starts = Arrays.copyOf(starts, fields * 2);
            lengths = Arrays.copyOf(lengths, fields * 2);
        }
        starts[fields] = used;
    }

    void add(byte b) {
        if (used == bytes.length) {
            bytes = Arrays.copyOf(bytes, used * 2);
        }
        bytes[used++] = b;
    }

    /** Bytes of the field in hand are white space, or there are none. */
    boolean isFieldBlank() {
        for (int i = starts[fields]; i < used; i++) {
            if (!isBlank(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    boolean isFieldEmpty() {
        return used == starts[fields];
    }

    void clearField() {
        used = starts[fields];
    }

    /** Whether a byte is white space. */
    public static boolean isBlank(int b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    void endField() {
        lengths[fields] = used - starts[fields];
        fields++;
    }

    void nullField() {
        startField();
        lengths[fields++] = NULL;
    }

    void field(byte[] value) {
        startField();
        if (used + value.length > bytes.length) {
            bytes = Arrays.copyOf(bytes, (used + value.length) * 2);
        }
        System.arraycopy(value, 0, bytes, used, value.length);
        used += value.length;
        endField();
    }

    /** Removes the carriage return of a line that ends in CR LF. */
    void dropCarriageReturn() {
        if (used > starts[fields] && bytes[used - 1] == '\r') {
            used--;
        }
        if (rawLength > 0 && rawLength < RAW_LIMIT && raw[rawLength - 1] == '\r') {
            rawLength--;
        }
    }

    void raw(byte b) {
        read++;
        if (rawLength < RAW_LIMIT) {
            raw[rawLength++] = b;
        }
    }

    void raw(byte[] text) {
        rawLength = Math.min(RAW_LIMIT, text.length);
        System.arraycopy(text, 0, raw, 0, rawLength);
    }

    /** How many bytes were read for it, one by one. */
    int read() {
        return read;
    }

    public boolean isBlank() {
        return rawLength == 0;
    }

    public String rawLine() {
        return new String(raw, 0, rawLength, StandardCharsets.UTF_8);
    }

    public void malformed(int code, String reason) {
        if (malformed.isEmpty()) {
            malformed = reason;
            malformedCode = code;
        }
    }

    /** Why the record can't be cut into fields; empty when it can. */
    public String malformed() {
        return malformed;
    }

    public int malformedCode() {
        return malformedCode;
    }

    public int fields() {
        return fields;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int start(int field) {
        return starts[field];
    }

    /** In bytes, or {@link #NULL}. */
    public int length(int field) {
        return lengths[field];
    }

    public String text(int field) {
        return lengths[field] == NULL ? "" : new String(bytes, starts[field], lengths[field], StandardCharsets.UTF_8);
    }
}
