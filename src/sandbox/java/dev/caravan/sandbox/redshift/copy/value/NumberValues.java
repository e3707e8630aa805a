package dev.caravan.sandbox.redshift.copy.value;

import dev.caravan.sandbox.redshift.copy.command.CopyOptions;
import dev.caravan.sandbox.redshift.copy.command.Flag;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** Integers, decimals and floats as Redshift reads them: overflow is an error, a decimal's surplus digits are cut off. */
final class NumberValues {
    private static final int INVALID_DIGIT = 1207;
    private static final int FLOAT_FORMAT = 1208;
    private static final int OVERFLOW = 1222;

    private static final int DIGITS_OF_64_BITS = 19;

    private final RoundingMode rounding;

    NumberValues(CopyOptions options) {
        rounding = options.has(Flag.ROUNDEC) ? RoundingMode.HALF_UP : RoundingMode.DOWN;
    }

    void integer(Column column, byte[] bytes, int start, int length) throws BadValue {
        int from = start;
        int end = start + length;
        while (from < end && bytes[from] == ' ') {
            from++;
        }
        while (end > from && bytes[end - 1] == ' ') {
            end--;
        }
        int digits = from < end && (bytes[from] == '-' || bytes[from] == '+') ? from + 1 : from;
        for (int i = digits; i < end; i++) {
            if (!isDigit(bytes[i])) {
                throw invalidDigit(column, bytes, start, length, i - start);
            }
        }
        if (digits == end) {
            throw invalidDigit(column, bytes, start, length, digits - start);
        }
        if (end - digits > safeDigits(column.kind())) {
            range(column, text(bytes, from, end - from));
        }
    }

    /** The bytes to load, when they differ from what stands in the file; otherwise an empty array. */
    byte[] decimal(Column column, byte[] bytes, int start, int length) throws BadValue {
        int whole = 0;
        int fraction = 0;
        boolean point = false;
        boolean plain = true;
        for (int i = start; i < start + length; i++) {
            byte b = bytes[i];
            if (isDigit(b)) {
                whole += point ? 0 : 1;
                fraction += point ? 1 : 0;
            } else if (b == '.' && !point) {
                point = true;
            } else if ("+-eE ".indexOf(b) < 0) {
                throw invalidDigit(column, bytes, start, length, i - start);
            } else {
                plain &= b == '-' && i == start;
            }
        }
        boolean fits = !column.hasScale()
                || (column.precision() != DIGITS_OF_64_BITS
                        && whole <= column.precision() - column.scale()
                        && fraction <= column.scale());
        if (plain && fits && whole + fraction > 0) {
            return new byte[0];
        }
        return exactDecimal(column, bytes, start, length);
    }

    void floating(Column column, byte[] bytes, int start, int length) throws BadValue {
        String text = text(bytes, start, length).strip();
        char last = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
        try {
            if ("dDfF".indexOf(last) >= 0 || text.contains("x") || text.contains("X")) { // Java's, not SQL's
                throw new NumberFormatException(text);
            }
            double value = Double.parseDouble(text);
            if (column.kind() == ColumnKind.REAL && Double.isFinite(value) && Float.isInfinite((float) value)) {
                throw overflow(column, text);
            }
        } catch (NumberFormatException e) {
            throw new BadValue(
                    FLOAT_FORMAT,
                    0,
                    "Invalid digit, Value '" + first(text) + "', Pos 0, Type: "
                            + column.kind().inReasons());
        }
    }

    private byte[] exactDecimal(Column column, byte[] bytes, int start, int length) throws BadValue {
        String text = text(bytes, start, length).strip();
        BigDecimal value;
        try {
            value = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw invalidDigit(column, bytes, start, length, 0);
        }
        if (column.hasScale()) {
            value = value.setScale(column.scale(), rounding);
            if (value.precision() > column.precision() || isBeyond64Bits(column, value)) {
                throw overflow(column, text);
            }
        }
        return value.toPlainString().getBytes(StandardCharsets.US_ASCII);
    }

    /** "DECIMAL values with 19 or fewer significant digits of precision are stored internally as 8-byte integers" ("Numeric types"). */
    private static boolean isBeyond64Bits(Column column, BigDecimal value) {
        return column.precision() == DIGITS_OF_64_BITS && value.unscaledValue().bitLength() > Long.SIZE - 1;
    }

    private static void range(Column column, String text) throws BadValue {
        try {
            long value = Long.parseLong(text);
            boolean fits = switch (column.kind()) {
                case SMALLINT -> (short) value == value;
                case INTEGER -> (int) value == value;
                default -> true;
            };
            if (!fits) {
                throw overflow(column, text);
            }
        } catch (NumberFormatException e) {
            throw overflow(column, text);
        }
    }

    private static int safeDigits(ColumnKind kind) {
        return kind == ColumnKind.SMALLINT ? 4 : kind == ColumnKind.INTEGER ? 9 : 18;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static BadValue overflow(Column column, String text) {
        return new BadValue(
                OVERFLOW,
                0,
                "Overflow, Value '" + text + "', Type: " + column.kind().inReasons());
    }

    private static BadValue invalidDigit(Column column, byte[] bytes, int start, int length, int position) {
        String digit = position < length ? text(bytes, start + position, 1) : " ";
        return new BadValue(
                INVALID_DIGIT,
                position,
                "Invalid digit, Value '" + digit + "', Pos " + position + ", Type: "
                        + column.kind().inReasons());
    }

    private static String first(String text) {
        return text.isEmpty() ? " " : text.substring(0, 1);
    }

    private static String text(byte[] bytes, int start, int length) {
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }
}
