package dev.caravan.sandbox.redshift.copy;

import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** DATEFORMAT and TIMEFORMAT: reads a date or a moment in the format given and writes it as ISO 8601, which PostgreSQL reads. */
final class TemporalFormat {
    private static final List<String> AUTO = List.of(
            "YYYY-MM-DD",
            "YYYY/MM/DD",
            "YYYY.MM.DD",
            "YYYYMMDD",
            "MM/DD/YYYY",
            "MM-DD-YYYY",
            "MM.DD.YYYY",
            "DD MON YYYY",
            "DD-MON-YYYY",
            "MON DD YYYY",
            "MON DD, YYYY",
            "MON-DD-YYYY",
            "YYYY MON DD",
            "YYYY-MON-DD");
    private static final List<String> AUTO_TIMES =
            List.of("", " HH24:MI:SS", " HH24:MI", "THH24:MI:SS", " HH12:MI:SS AM", " HH12:MI AM");

    private static final Pattern ELEMENT = Pattern.compile(
            "YYYY|YY|MONTH|MON|MM|DD|HH24|HH12|HH|MI|SS|MS|US|AM|PM|OF|TZ|.",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Map<String, String> ELEMENTS = Map.ofEntries(
            Map.entry("YYYY", "uuuu"),
            Map.entry("YY", "uu"),
            Map.entry("MONTH", "MMMM"),
            Map.entry("MON", "MMM"),
            Map.entry("MM", "M"),
            Map.entry("DD", "d"),
            Map.entry("HH24", "H"),
            Map.entry("HH12", "h"),
            Map.entry("HH", "H"),
            Map.entry("MI", "m"),
            Map.entry("MS", "SSS"),
            Map.entry("US", "SSSSSS"),
            Map.entry("AM", "a"),
            Map.entry("PM", "a"));

    private static final Pattern ISO_TIME = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})(?:[ T](\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)\\s?(Z|UTC|[+-]\\d{2}(?::?\\d{2})?)?)?");
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");

    private final String option;
    private final List<DateTimeFormatter> formats;

    private TemporalFormat(String option, List<DateTimeFormatter> formats) {
        this.option = option;
        this.formats = formats;
    }

    static TemporalFormat date(String option) {
        return new TemporalFormat(option, formats(option, List.of("")));
    }

    static TemporalFormat time(String option) {
        return new TemporalFormat(option, formats(option, AUTO_TIMES));
    }

    /** {@code yyyy-MM-dd}, or empty when the text is no date in this format. */
    Optional<String> dateOf(String text) {
        if (text.length() >= 10 && (text.length() == 10 || !Character.isDigit(text.charAt(10))) && readsIso()) {
            Optional<String> iso = iso(text).map(s -> s.substring(0, 10));
            if (iso.isPresent()) {
                return iso;
            }
        }
        return parse(text).map(t -> t.query(TemporalQueries.localDate())).map(LocalDate::toString);
    }

    /** {@code yyyy-MM-ddTHH:mm:ss…}, with the offset if there is one, or empty when the text is no moment in this format. */
    Optional<String> momentOf(String text) {
        if (option.equalsIgnoreCase("epochsecs") || option.equalsIgnoreCase("epochmillisecs")) {
            return epoch(text);
        }
        Optional<String> iso = readsIso() ? iso(text) : Optional.empty();
        return iso.isPresent() ? iso : parse(text).map(TemporalFormat::moment);
    }

    private boolean readsIso() {
        return option.isEmpty() || option.equalsIgnoreCase("auto");
    }

    private Optional<String> epoch(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return Optional.empty();
        }
        double number = Double.parseDouble(text);
        long millis = Math.round(option.equalsIgnoreCase("epochsecs") ? number * 1000 : number);
        return Optional.of(Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC).toString());
    }

    private static Optional<String> iso(String text) {
        Matcher m = ISO_TIME.matcher(text);
        if (!m.matches()) {
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
        for (DateTimeFormatter format : formats) {
            ParsePosition position = new ParsePosition(0);
            TemporalAccessor parsed = format.parseUnresolved(text, position);
            if (parsed != null && position.getErrorIndex() < 0 && position.getIndex() == text.length()) {
                return resolved(format, text);
            }
        }
        return Optional.empty();
    }

    /** The text has the right form; it may still be the 31st of a short month. */
    private static Optional<TemporalAccessor> resolved(DateTimeFormatter format, String text) {
        try {
            return Optional.of(format.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String moment(TemporalAccessor t) {
        LocalDate date = t.query(TemporalQueries.localDate());
        LocalTime time = t.query(TemporalQueries.localTime());
        ZoneOffset offset = t.query(TemporalQueries.offset());
        LocalDateTime moment = date.atTime(time == null ? LocalTime.MIDNIGHT : time);
        return offset == null
                ? moment.toString()
                : OffsetDateTime.of(moment, offset).toString();
    }

    private static List<DateTimeFormatter> formats(String option, List<String> times) {
        if (option.isEmpty() || option.toLowerCase(Locale.ROOT).startsWith("epoch")) {
            return List.of();
        }
        if (!option.equalsIgnoreCase("auto")) {
            return List.of(formatter(option));
        }
        return AUTO.stream()
                .flatMap(date -> times.stream().map(time -> formatter(date + time)))
                .toList();
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
            } else if (name.equals("OF") || name.equals("TZ")) {
                builder.appendOffset("+HH:mm", "Z");
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
