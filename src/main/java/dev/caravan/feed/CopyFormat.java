package dev.caravan.feed;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a feed's files are written.
 *
 * @param kind the format
 * @param argument for JSON: {@code auto}, {@code auto ignorecase}, {@code noshred} or the URL of a jsonpaths file; empty for the others
 */
public record CopyFormat(Kind kind, String argument) {

    /** The formats that COPY is asked for. */
    public enum Kind {
        CSV,
        /** Delimited text: COPY's format when none is named; {@code |} separates unless DELIMITER says otherwise. */
        DELIMITED,
        JSON
    }

    private static final Pattern SHAPE =
            Pattern.compile("(\\w+)(?:\\s+(?:AS\\s+)?'([^'\\\\\\p{Cc}]*)')?\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern JSON_ARGUMENT =
            Pattern.compile("auto|auto ignorecase|noshred|s3://[^/]+/.+", Pattern.CASE_INSENSITIVE);

    /** For example {@code CSV}, {@code json} or {@code JSON 's3://bucket/jsonpaths.json'}; empty if the text is none of them. */
    static Optional<CopyFormat> of(String text) {
        Matcher m = SHAPE.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        Optional<String> argument = Optional.ofNullable(m.group(2));
        return switch (m.group(1).toUpperCase(Locale.ROOT)) {
            case "CSV" -> argument.isPresent() ? Optional.empty() : Optional.of(new CopyFormat(Kind.CSV, ""));
            case "DELIMITED" ->
                argument.isPresent() ? Optional.empty() : Optional.of(new CopyFormat(Kind.DELIMITED, ""));
            case "JSON" -> {
                String json = argument.orElse("auto");
                yield JSON_ARGUMENT.matcher(json).matches()
                        ? Optional.of(new CopyFormat(Kind.JSON, json))
                        : Optional.empty();
            }
            default -> Optional.empty();
        };
    }
}
