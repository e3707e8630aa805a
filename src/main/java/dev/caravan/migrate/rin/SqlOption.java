package dev.caravan.migrate.rin;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rin's {@code sql_option}, what it writes behind COPY, taken apart.
 *
 * @param format a feed's format
 * @param copyOptions the rest
 */
record SqlOption(String format, String copyOptions) {
    private static final Pattern FORMAT = Pattern.compile(
            "(?<!\\S)(?:FORMAT\\s+(?:AS\\s+)?)?(?:(CSV|PARQUET|ORC)|(JSON|AVRO|FIXEDWIDTH)(?:\\s+(?:AS\\s+)?('[^']*'))?)(?!\\S)",
            Pattern.CASE_INSENSITIVE);

    static SqlOption of(String text) {
        Matcher format = FORMAT.matcher(text);
        if (!format.find()) {
            return new SqlOption("DELIMITED", text.strip());
        }
        String rest = text.substring(0, format.start()) + text.substring(format.end());
        String kind = format.group(1) != null ? format.group(1) : format.group(2);
        String argument = format.group(3) == null ? "" : " " + format.group(3);
        return new SqlOption(
                kind.toUpperCase(Locale.ROOT) + argument, rest.strip().replaceAll(" {2,}", " "));
    }
}
