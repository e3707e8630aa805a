package dev.caravan.sandbox.redshift.copy.value;

import dev.caravan.sandbox.redshift.copy.command.CopyOptions;
import dev.caravan.sandbox.redshift.copy.command.Flag;
import dev.caravan.sandbox.redshift.copy.command.Format;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** CHAR and VARCHAR: encoding and length, in bytes. Repairs in place, where an option says so; ACCEPTINVCHARS "is valid only for VARCHAR columns". */
final class TextValues {
    private static final int BAD_ENCODING = 1220;
    private static final int TOO_LONG = 1204;
    private static final int NUL = 1218;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final CharBuffer decoded = CharBuffer.allocate(4096);
    private final boolean replace;
    private final byte replacement;
    private final boolean truncate;
    private final boolean cutAtNul;

    TextValues(CopyOptions options) {
        replace = options.has(Flag.ACCEPTINVCHARS);
        replacement = (byte) options.replacement();
        truncate = options.has(Flag.TRUNCATECOLUMNS);
        cutAtNul = options.format() == Format.JSON;
    }

    /** The length to load. */
    int check(Column column, byte[] bytes, int start, int length) throws BadValue {
        int used = isPlain(bytes, start, length) ? length : encoding(column, bytes, start, length);
        int width = column.width();
        if (width == 0 || used <= width) {
            return used;
        }
        if (isBlank(bytes, start + width, used - width)) {
            return width;
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

    /** "An attempt to store a longer string […] results in an error, unless the extra characters are all spaces" ("Character types"). */
    private static boolean isBlank(byte[] bytes, int start, int length) {
        for (int i = start; i < start + length; i++) {
            if (bytes[i] != ' ') {
                return false;
            }
        }
        return true;
    }

    private int encoding(Column column, byte[] bytes, int start, int length) throws BadValue {
        int used = beforeNul(bytes, start, length);
        ByteBuffer in = ByteBuffer.wrap(bytes, start, used);
        boolean mend = replace && column.kind() == ColumnKind.VARCHAR;
        for (int bad = nextBad(in); bad > 0; bad = nextBad(in)) {
            int at = in.position();
            if (!mend) {
                throw new BadValue(
                        BAD_ENCODING,
                        at - start,
                        "String contains invalid or unsupported UTF8 codepoints. Bad UTF8 hex sequence: "
                                + hex(bytes, at, at + bad) + " (error " + BadUtf8.number(bytes, at, start + used)
                                + ")");
            }
            replace(bytes, at, bad);
            in.position(at + bad);
        }
        if (column.kind() == ColumnKind.CHAR) {
            singleBytes(bytes, start, used);
        } else if (mend) {
            noncharacters(bytes, start, used);
        }
        return used;
    }

    /**
     * A value of JSON ends at its NUL, and is an error if it begins with one (estuary/connectors 839); elsewhere a NUL is an error ("Preparing your input
     * data"). The stand-in's database can't keep one.
     */
    private int beforeNul(byte[] bytes, int start, int length) throws BadValue {
        int used = 0;
        while (used < length && bytes[start + used] != 0) {
            used++;
        }
        if (used < length && length > 1 && (used == 0 || !cutAtNul)) {
            throw new BadValue(NUL, used, "Invalid null byte - field longer than 1 byte");
        }
        return used;
    }

    private static void singleBytes(byte[] bytes, int start, int length) throws BadValue {
        for (int i = start; i < start + length; i++) {
            if (bytes[i] < 0) {
                int end = i + 1;
                while (end < start + length && isContinuation(bytes[end])) {
                    end++;
                }
                throw new BadValue(
                        BAD_ENCODING,
                        i - start,
                        "Multibyte character not supported for CHAR (Hint: try using VARCHAR). Invalid char: "
                                + hex(bytes, i, end));
            }
        }
    }

    private void noncharacters(byte[] bytes, int start, int length) {
        int at = start;
        for (int c : new String(bytes, start, length, StandardCharsets.UTF_8)
                .codePoints()
                .toArray()) {
            int size = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (BadUtf8.isNoncharacter(c)) {
                replace(bytes, at, size);
            }
            at += size;
        }
    }

    private void replace(byte[] bytes, int at, int length) {
        for (int i = at; i < at + length; i++) {
            bytes[i] = replacement;
        }
    }

    /** Moves to the next invalid sequence and gives its length; 0 at the end. */
    private int nextBad(ByteBuffer in) {
        decoder.reset();
        CoderResult result;
        do {
            decoded.clear();
            result = decoder.decode(in, decoded, true);
        } while (result.isOverflow());
        return result.isError() ? result.length() : 0;
    }

    private static String hex(byte[] bytes, int from, int to) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes, from, to);
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
