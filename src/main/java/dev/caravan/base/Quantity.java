package dev.caravan.base;

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

    /** A duration for a person, its two largest units: {@code 2 d 3 h}, {@code 24 h}, {@code 1 min 5 s}, {@code 3 s}. */
    public static String inWords(Duration duration) {
        long[] amounts = {duration.toDays(), duration.toHoursPart(), duration.toMinutesPart(), duration.toSecondsPart()
        };
        String[] units = {"d", "h", "min", "s"};
        if (duration.toDays() == 1 && duration.toHoursPart() == 0) {
            return "24 h";
        }
        for (int i = 0; i < amounts.length; i++) {
            if (amounts[i] > 0) {
                String rest =
                        i + 1 < amounts.length && amounts[i + 1] > 0 ? " " + amounts[i + 1] + " " + units[i + 1] : "";
                return amounts[i] + " " + units[i] + rest;
            }
        }
        return duration.toMillis() + " ms";
    }

    /** A size for a person: {@code 812 B}, {@code 1.4 MB}. */
    public static String inBytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 1023.95 && unit < 4) {
            amount /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %sB", amount, "BKMGT".charAt(unit));
    }

    /** A count for a person: {@code 1 file}, {@code 2,000 files}, {@code 3 batches}. */
    public static String count(long number, String noun) {
        return count(number, noun, noun + (noun.endsWith("ch") ? "es" : "s"));
    }

    /** A count whose words say how many there are: {@code 1 batch is}, {@code 2 batches are}. */
    public static String count(long number, String one, String many) {
        String digits = Math.abs(number) < 1_000 ? Long.toString(number) : String.format(Locale.ROOT, "%,d", number);
        return digits + " " + (number == 1 ? one : many);
    }

    private static Optional<Long> product(String number, long unit) {
        BigInteger product = new BigInteger(number).multiply(BigInteger.valueOf(unit));
        return product.bitLength() > 62 ? Optional.empty() : Optional.of(product.longValue());
    }
}
