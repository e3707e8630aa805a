package dev.caravan.sandbox.redshift.unload.command;

import dev.caravan.sandbox.redshift.wire.ServerError;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** MAXFILESIZE ("a decimal value between 5 MB and 6.2 GB") and ROWGROUPSIZE ("an integer value between 32 MB and 128 MB"); a number alone counts MB. */
final class Sizes {
    private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?)(MB|GB)?");
    private static final int MB = 1 << 20;
    private static final long GB = 1L << 30;
    private static final long SMALLEST_FILE = 5L * MB;
    private static final int LARGEST_ROW_GROUP = 128 * MB;

    static final long LARGEST_FILE = (long) (6.2 * GB);
    static final int SMALLEST_ROW_GROUP = 32 * MB;

    private Sizes() {}

    static long file(String value, String unit) throws ServerError {
        long size = bytes(value, unit).longValue();
        if (size < SMALLEST_FILE || size > LARGEST_FILE) {
            throw range("MAXFILESIZE", value, "5 MB and 6.2 GB");
        }
        return size;
    }

    static int rowGroup(String value, String unit) throws ServerError {
        BigDecimal size = bytes(value, unit);
        if (value.contains(".") || size.longValue() < SMALLEST_ROW_GROUP || size.longValue() > LARGEST_ROW_GROUP) {
            throw range("ROWGROUPSIZE", value, "32 MB and 128 MB, and whole");
        }
        return size.intValue();
    }

    private static BigDecimal bytes(String value, String unit) throws ServerError {
        Matcher matcher = SIZE.matcher((value + unit).toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw UnloadParser.syntaxError(value);
        }
        return new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf("GB".equals(matcher.group(2)) ? GB : MB));
    }

    private static ServerError range(String parameter, String value, String between) {
        return ServerError.of("22023", parameter + " " + value + " is out of range: it must be between " + between);
    }
}
