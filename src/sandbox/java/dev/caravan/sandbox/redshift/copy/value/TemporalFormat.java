package dev.caravan.sandbox.redshift.copy.value;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * DATEFORMAT and TIMEFORMAT: reads a date or a moment in the format given and writes it as PostgreSQL reads it. Without one there is one form, the
 * default that "DATEFORMAT and TIMEFORMAT strings" names; the keywords are case-sensitive ("Data conversion parameters"), and in another case a string
 * like any other.
 */
final class TemporalFormat {
    private static final String AUTO = "auto";
    private static final String SECONDS = "epochsecs";
    private static final String MILLIS = "epochmillisecs";

    private static final Pattern ELEMENT =
            Pattern.compile("YYYY|YY|MON|MM|DD|HH24|HH12|HH|MI|SS|AM|PM|.", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Map<String, String> ELEMENTS = Map.of(
            "YYYY",
            "uuuu",
            "MON",
            "[MMMM][MMM]",
            "MM",
            "M",
            "DD",
            "d",
            "HH24",
            "H",
            "HH12",
            "h",
            "HH",
            "H",
            "MI",
            "m",
            "AM",
            "a",
            "PM",
            "a");

    /** {@code YYYY-MM-DD HH:MI:SS}, or the date alone; the offset is for columns with a zone. */
    private static final Pattern DEFAULT = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})(?: (\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)(\\s?[+-]\\d{1,2}(?::?\\d{2})?)?)?");

    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");
    private static final int ISO_DATE = 10;

    private final String option;
    private final Optional<DateTimeFormatter> format;

    TemporalFormat(String option) {
        this.option = option;
        boolean keyword = option.isEmpty() || option.equals(AUTO) || option.equals(SECONDS) || option.equals(MILLIS);
        this.format = keyword ? Optional.empty() : Optional.of(formatter(option));
    }

    /** Empty when the text is no date in this format. The time behind it counts for nothing. */
    Optional<String> dateOf(String text) {
        if (format.isPresent()) {
            return parse(text).map(t -> t.query(TemporalQueries.localDate())).map(LocalDate::toString);
        }
        if (option.equals(AUTO)) {
            return AutoTemporal.of(text).map(AutoTemporal::dateText);
        }
        boolean isLong =
                text.length() == ISO_DATE || (text.length() > ISO_DATE && !Character.isDigit(text.charAt(ISO_DATE)));
        return isLong ? moment(text.substring(0, ISO_DATE), false) : Optional.empty();
    }

    /**
     * Empty when the text is no moment in this format.
     *
     * @param zoned whether the column keeps a zone
     */
    Optional<String> momentOf(String text, boolean zoned) {
        if (format.isPresent()) {
            return parse(text).map(TemporalFormat::moment);
        }
        return switch (option) {
            case AUTO -> AutoTemporal.of(text).map(AutoTemporal::momentText);
            case SECONDS, MILLIS -> epoch(text);
            default -> moment(text, zoned);
        };
    }

    /** As the load tables quote it (risingwavelabs/risingwave 23282, databricks/spark-redshift 355). */
    String inReasons(boolean zoned) {
        return !option.isEmpty() ? option : zoned ? "YYYY-MM-DD HH24:MI:SSOF" : "YYYY-MM-DD HH24:MI:SS";
    }

    private Optional<String> epoch(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return Optional.empty();
        }
        double number = Double.parseDouble(text);
        long millis = Math.round(option.equals(SECONDS) ? number * 1000 : number);
        return Optional.of(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC).toString());
    }

    private static Optional<String> moment(String text, boolean zoned) {
        Matcher m = DEFAULT.matcher(text);
        if (!m.matches() || (m.group(3) != null && !zoned)) {
            return Optional.empty();
        }
        try {
            LocalDate.parse(m.group(1));
            if (m.group(2) != null) {
                LocalTime.parse(m.group(2));
            }
            return Optional.of(text);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Optional<TemporalAccessor> parse(String text) {
        try {
            return format.map(f -> f.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String moment(TemporalAccessor t) {
        LocalDate date = t.query(TemporalQueries.localDate());
        LocalTime time = t.query(TemporalQueries.localTime());
        return date.atTime(time == null ? LocalTime.MIDNIGHT : time).toString();
    }

    private static DateTimeFormatter formatter(String format) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
        boolean digitsFollow = format.toUpperCase(Locale.ROOT).contains("YYYYMMDD");
        Matcher element = ELEMENT.matcher(format);
        while (element.find()) {
            String name = element.group().toUpperCase(Locale.ROOT);
            if (name.equals("SS")) {
                builder.appendPattern("s")
                        .optionalStart()
                        .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
                        .optionalEnd();
            } else if (name.equals("YY")) {
                builder.appendValueReduced(ChronoField.YEAR, 2, 2, AutoTemporal.FIRST_OF_TWO_DIGITS);
            } else if (ELEMENTS.containsKey(name)) {
                String pattern = ELEMENTS.getOrDefault(name, "");
                builder.appendPattern(
                        digitsFollow && pattern.length() == 1 && !pattern.equals("a") ? pattern + pattern : pattern);
            } else {
                builder.appendLiteral(element.group());
            }
        }
        return builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
    }
}
