package dev.caravan.feed;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with their unit in the value: {@code 5m}, {@code 1GB}. */
public final class Quantity {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,18})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,18})(B|KB|MB|GB|TB)?");

    private Quantity() {}

    /** Milliseconds to days: {@code 500ms 30s 5m 1h 1d}; empty if it is none of these. */
    public static Optional<Duration> duration(String text) {
        Matcher m = DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (!m.matches()) {
            return Optional.empty();
        }
        long unit = switch (m.group(2)) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            default -> 86_400_000;
        };
        return product(m.group(1), unit).map(Duration::ofMillis);
    }

    /** Bytes; KB, MB, GB and TB are powers of 1024. */
    public static Optional<Long> size(String text) {
        Matcher m = SIZE.matcher(text.toUpperCase(Locale.ROOT));
        if (!m.matches()) {
            return Optional.empty();
        }
        String unit = m.group(2) == null ? "B" : m.group(2);
        return product(m.group(1), 1L << (10 * "BKMGT".indexOf(unit.charAt(0))));
    }

    private static Optional<Long> product(String number, long unit) {
        BigInteger product = new BigInteger(number).multiply(BigInteger.valueOf(unit));
        return product.bitLength() > 62 ? Optional.empty() : Optional.of(product.longValue());
    }
}
