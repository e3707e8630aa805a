package dev.caravan.sandbox.redshift.copy;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** CHAR and VARCHAR: encoding and length, in bytes. Repairs in place, where an option says so. */
final class TextValues {
    private static final int BAD_ENCODING = 1220;
    private static final int TOO_LONG = 1204;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer decoded = CharBuffer.allocate(4096);
    private final boolean replace;
    private final byte replacement;
    private final boolean truncate;

    TextValues(CopyOptions options) {
        replace = options.has(Flag.ACCEPTINVCHARS);
        replacement = (byte) options.replacement();
        truncate = options.has(Flag.TRUNCATECOLUMNS);
    }

    /** The length to load. */
    int check(Column column, byte[] bytes, int start, int length) throws BadValue {
        if (!isPlain(bytes, start, length)) {
            encoding(column, bytes, start, length);
        }
        int width = column.width();
        if (width == 0 || length <= width) {
            return length;
        }
        if (!truncate) {
            throw new BadValue(TOO_LONG, width, "String length exceeds DDL length");
        }
        int end = width;
        while (end > 0 && isContinuation(bytes[start + end])) {
            end--;
        }
        return end;
    }

    private void encoding(Column column, byte[] bytes, int start, int length) throws BadValue {
        ByteBuffer in = ByteBuffer.wrap(bytes, start, length);
        for (int bad = nextBad(in); bad > 0; bad = nextBad(in)) {
            int at = in.position();
            if (!replace) {
                String hex = HexFormat.ofDelimiter(" ").formatHex(bytes, at, at + bad);
                throw new BadValue(
                        BAD_ENCODING,
                        at - start,
                        "String contains invalid or unsupported UTF8 codepoints. Bad UTF8 hex sequence: " + hex
                                + " (error 3)");
            }
            replace(bytes, at, bad);
            in.position(at + bad);
        }
        if (column.kind() == ColumnKind.CHAR) {
            multibyte(bytes, start, length);
        }
    }

    /** CHAR holds single bytes only. */
    private void multibyte(byte[] bytes, int start, int length) throws BadValue {
        for (int i = start; i < start + length; i++) {
            if (bytes[i] < 0) {
                int end = i + 1;
                while (end < start + length && isContinuation(bytes[end])) {
                    end++;
                }
                if (!replace) {
                    String hex = HexFormat.ofDelimiter(" ").formatHex(bytes, i, end);
                    throw new BadValue(
                            BAD_ENCODING,
                            i - start,
                            "Multibyte character not supported for CHAR (Hint: try using VARCHAR). Invalid char: "
                                    + hex);
                }
                replace(bytes, i, end - i);
            }
        }
    }

    private void replace(byte[] bytes, int at, int length) {
        for (int i = at; i < at + length; i++) {
            bytes[i] = replacement;
        }
    }

    /** Moves to the next invalid sequence and gives its length; 0 at the end. */
    private int nextBad(ByteBuffer in) {
        int nul = in.position();
        while (nul < in.limit()
                && in.get(nul) != 0) { // NUL is valid UTF-8, but neither Redshift nor PostgreSQL stores it
            nul++;
        }
        return firstMalformed(in, nul);
    }

    /** The first malformed sequence before {@code end}, else the NUL at {@code end}. */
    private int firstMalformed(ByteBuffer in, int end) {
        int limit = in.limit();
        in.limit(end);
        decoder.reset();
        CoderResult result;
        do {
            decoded.clear();
            result = decoder.decode(in, decoded, true);
        } while (result.isOverflow());
        in.limit(limit);
        return result.isError() ? result.length() : end < limit ? 1 : 0;
    }

    private static boolean isPlain(byte[] bytes, int start, int length) {
        for (int i = start; i < start + length; i++) {
            if (bytes[i] <= 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }
}
