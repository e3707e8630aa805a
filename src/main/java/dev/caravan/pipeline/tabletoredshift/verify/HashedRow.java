package dev.caravan.pipeline.tabletoredshift.verify;

import dev.caravan.base.Shown;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of either side, as 128 bits of SHA-256 of all its values, and its key. Values are fed with their lengths, so that no two rows are fed alike. It is
 * another row after the next has been read.
 */
final class HashedRow {
    private static final int SHOWN_OF_VALUE = 100;
    private static final char NULL = 'n', VALUE = 'v', END = '\0';

    private final List<ValueText> types;
    private final int[] keys;
    private final MessageDigest digest;
    private final ByteArrayOutputStream fed = new ByteArrayOutputStream();
    private final StringBuilder key = new StringBuilder();
    private @Nullable String[] values;
    private long high;
    private long low;

    /** @param keys columns of the key, counted from 0 */
    HashedRow(List<ValueText> types, int[] keys) {
        this.types = types;
        this.keys = keys.clone();
        values = new String[types.size()];
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Gives a column's text, or none for NULL. */
    void set(int column, @Nullable String text) {
        values[column] = text == null ? null : types.get(column).canonical(text);
    }

    /** All columns are set. */
    void complete() {
        fed.reset();
        for (String value : values) {
            if (value == null) {
                fed.write(NULL);
            } else {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                fed.write(VALUE);
                fed.writeBytes(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
                fed.writeBytes(bytes);
            }
        }
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(fed.toByteArray()));
        high = hash.getLong();
        low = hash.getLong();
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    /** Tells rows apart; to be shown by {@link #shown}. No text of Redshift's has a character U+0000. */
    String key() {
        key.setLength(0);
        for (int column : keys) {
            String value = values[column];
            key.append(value == null ? NULL : VALUE)
                    .append(value == null ? "" : value)
                    .append(END);
        }
        return key.toString();
    }

    /** A key for people: {@code id=5, line=NULL}. */
    static String shown(String key, List<String> names) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        for (String name : names) {
            int end = key.indexOf(END, at);
            String value = key.charAt(at) == NULL ? "NULL" : key.substring(at + 1, end);
            parts.add(
                    name + "=" + (value.length() > SHOWN_OF_VALUE ? value.substring(0, SHOWN_OF_VALUE) + "…" : value));
            at = end + 1;
        }
        return Shown.line(String.join(", ", parts));
    }
}
