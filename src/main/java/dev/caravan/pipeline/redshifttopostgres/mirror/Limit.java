package dev.caravan.pipeline.redshifttopostgres.mirror;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many rows at most: a number, or a share of all.
 *
 * @param number of rows, or percent
 */
public record Limit(long number, boolean percent) {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,12})\\s*(%?)");

    static Optional<Limit> of(String text) {
        Matcher m = WRITTEN.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        Limit limit = new Limit(Long.parseLong(m.group(1)), !m.group(2).isEmpty());
        return Optional.of(limit).filter(l -> !l.percent || l.number <= 100);
    }

    /** Whether so many of all are more. */
    public boolean isExceeded(long rows, long all) {
        // As decimal, for a share of a very large table overflows as a whole number.
        return percent ? rows * 100.0 > (double) all * number : rows > number;
    }

    @Override
    public String toString() {
        return percent ? number + " %" : Long.toString(number);
    }
}
