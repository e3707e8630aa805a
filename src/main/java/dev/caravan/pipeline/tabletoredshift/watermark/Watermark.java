package dev.caravan.pipeline.tabletoredshift.watermark;

import dev.caravan.base.Shown;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far a table has come: all rows from before {@code high} have been read. It is stored with the rows, as {@code Progress.value}.
 *
 * @param high in microseconds
 * @param offsetSeconds how far a clock on the wall was ahead of UTC, by which {@code high} was written for a column that has no zone; 0 for others
 */
public record Watermark(Instant high, int offsetSeconds) {
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern FORM = Pattern.compile("(.+)Z offset (-?\\d{1,5})");

    /** As it is stored: {@code 2026-03-29T00:59:58.000000Z offset 3600}. */
    public String format() {
        return MICROS.format(LocalDateTime.ofInstant(high, ZoneOffset.UTC)) + "Z offset " + offsetSeconds;
    }

    /**
     * Reads what was stored.
     *
     * @throws IllegalArgumentException if it is another text, with what to do
     */
    public static Watermark parse(String text) {
        Matcher form = FORM.matcher(text);
        if (form.matches()) {
            try {
                LocalDateTime high = LocalDateTime.parse(form.group(1), MICROS);
                return new Watermark(high.toInstant(ZoneOffset.UTC), Integer.parseInt(form.group(2)));
            } catch (DateTimeException e) {
                throw unreadable(text, e);
            }
        }
        throw unreadable(text, null);
    }

    /** What a column without a zone has at that time. */
    LocalDateTime local() {
        return LocalDateTime.ofInstant(high, ZoneOffset.UTC).plusSeconds(offsetSeconds);
    }

    private static IllegalArgumentException unreadable(String text, @Nullable DateTimeException cause) {
        return new IllegalArgumentException(
                "'" + Shown.line(text) + "' doesn't say how far the table has come, as"
                        + " '2026-03-29T00:59:58.000000Z offset 3600' does: another version may have written it, or a person. Load the"
                        + " table in full once",
                cause);
    }
}
