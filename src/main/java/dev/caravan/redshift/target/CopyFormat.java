package dev.caravan.redshift.target;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a feed's files are written.
 *
 * @param kind the format
 * @param argument for FIXEDWIDTH the fields' labels and widths ({@code id:3,name:25}); for JSON and AVRO {@code auto}, {@code auto ignorecase}
 *     or the URL of a jsonpaths file, for JSON also {@code noshred}; empty for the others
 */
public record CopyFormat(Kind kind, String argument) {

    /** The formats that COPY is asked for. */
    public enum Kind {
        CSV,
        /** Delimited text: COPY's format when none is named; {@code |} separates unless DELIMITER says otherwise. */
        DELIMITED,
        FIXEDWIDTH,
        JSON,
        AVRO,
        PARQUET,
        ORC;

        /** Whether Redshift reads the files column by column, which makes COPY another one: few parameters, no NOLOAD, no line numbers. */
        public boolean isColumnar() {
            return this == PARQUET || this == ORC;
        }
    }

    private static final Pattern SHAPE =
            Pattern.compile("(\\w+)(?:\\s+(?:AS\\s+)?'([^'\\\\\\p{Cc}]*)')?\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern WIDTHS = Pattern.compile("[^:,]+:0*[1-9]\\d{0,8}(,[^:,]+:0*[1-9]\\d{0,8})*");
    private static final Pattern AVRO = Pattern.compile("auto|auto ignorecase|s3://[^/]+/.+");
    private static final Pattern JSON = Pattern.compile(AVRO + "|noshred");

    /** For example {@code CSV}, {@code json} or {@code JSON 's3://bucket/jsonpaths.json'}; empty if the text is none of them. */
    public static Optional<CopyFormat> of(String text) {
        Matcher m = SHAPE.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        Optional<String> argument = Optional.ofNullable(m.group(2));
        return switch (m.group(1).toUpperCase(Locale.ROOT)) {
            case "CSV" -> plain(Kind.CSV, argument);
            case "DELIMITED" -> plain(Kind.DELIMITED, argument);
            case "FIXEDWIDTH" -> argument.flatMap(widths -> format(Kind.FIXEDWIDTH, widths, WIDTHS));
            case "JSON" -> format(Kind.JSON, mapping(argument), JSON);
            case "AVRO" -> format(Kind.AVRO, mapping(argument), AVRO);
            case "PARQUET" -> plain(Kind.PARQUET, argument);
            case "ORC" -> plain(Kind.ORC, argument);
            default -> Optional.empty();
        };
    }

    /** The jsonpaths file that COPY reads as well, {@code s3://bucket/key}. */
    public Optional<String> jsonPaths() {
        return Optional.of(argument).filter(text -> text.startsWith("s3://"));
    }

    private static Optional<CopyFormat> plain(Kind kind, Optional<String> argument) {
        return argument.isPresent() ? Optional.empty() : Optional.of(new CopyFormat(kind, ""));
    }

    private static Optional<CopyFormat> format(Kind kind, String argument, Pattern shape) {
        return shape.matcher(argument).matches() ? Optional.of(new CopyFormat(kind, argument)) : Optional.empty();
    }

    /** COPY knows its own words in lower case only. */
    private static String mapping(Optional<String> argument) {
        return argument.map(text -> text.startsWith("s3://") ? text : text.toLowerCase(Locale.ROOT))
                .orElse("auto");
    }
}
