package dev.caravan.feed;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the COPY parameters that a feed appends: words of COPY's own, quoted strings and whole numbers, so that the text can't end the
 * statement or say anything that Caravan says. The words are those of "COPY parameters" in Redshift's developer guide.
 */
final class CopyOptions {
    private static final Set<String> WORDS = Set.of(
            "ACCEPTANYDATE",
            "ACCEPTINVCHARS",
            "AS",
            "BLANKSASNULL",
            "BZIP2",
            "COMPROWS",
            "COMPUPDATE",
            "DATEFORMAT",
            "DELIMITER",
            "EMPTYASNULL",
            "ENCODING",
            "ENCRYPTED",
            "ESCAPE",
            "EXPLICIT_IDS",
            "FALSE",
            "FILLRECORD",
            "GZIP",
            "IGNOREALLERRORS",
            "IGNOREBLANKLINES",
            "IGNOREHEADER",
            "ISO88591",
            "LZOP",
            "MASTER_SYMMETRIC_KEY",
            "MAXERROR",
            "NULL",
            "OFF",
            "ON",
            "PRESET",
            "QUOTE",
            "REGION",
            "REMOVEQUOTES",
            "ROUNDEC",
            "STATUPDATE",
            "TIMEFORMAT",
            "TRIMBLANKS",
            "TRUE",
            "TRUNCATECOLUMNS",
            "UTF16",
            "UTF16BE",
            "UTF16LE",
            "UTF8",
            "ZSTD");
    private static final Set<String> FORMATS =
            Set.of("FORMAT", "CSV", "JSON", "AVRO", "PARQUET", "ORC", "FIXEDWIDTH", "SHAPEFILE", "DELIMITED");
    private static final Set<String> ROLES =
            Set.of("IAM_ROLE", "CREDENTIALS", "WITH", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN");

    /** A string ends at a quote that is not doubled; backslashes stand before it only in pairs, so that every reader sees its end there. */
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:('(?:[^'\\\\\\x00]|\\\\\\\\|\\\\[^'\\\\\\x00]|'')*+')|(\\d++)(?!\\w)|([A-Za-z_]\\w*+))");

    private CopyOptions() {}

    /** What is wrong with the text, as a fault without secrets; empty if nothing is. */
    static Optional<Fault> fault(String key, String text) {
        Matcher m = TOKEN.matcher(text);
        String before = "";
        int at = 0;
        while (!text.substring(at).isBlank()) {
            m.region(at, text.length());
            if (!m.lookingAt()) {
                return Optional.of(unreadable(key, text.substring(at).strip(), before));
            }
            if (m.group(3) != null) {
                before = m.group(3);
                Optional<String> advice = advice(before.toUpperCase(Locale.ROOT));
                if (advice.isPresent()) {
                    return Optional.of(new Fault(key, before, advice.get()));
                }
            }
            at = m.end();
        }
        return Optional.empty();
    }

    private static Fault unreadable(String key, String rest, String before) {
        String place = before.isEmpty() ? "at the start" : "after " + before;
        if (rest.startsWith("'")) {
            return new Fault(
                    key,
                    "",
                    "the quoted string " + place
                            + " is not closed; close it, and write a quote in a string as '' (not as \\')");
        }
        String character = rest.substring(0, rest.offsetByCodePoints(0, 1));
        return new Fault(
                key,
                character,
                "not allowed " + place + "; write COPY parameters, strings in single quotes and whole numbers only");
    }

    private static Optional<String> advice(String word) {
        if (WORDS.contains(word)) {
            return Optional.empty();
        }
        if (FORMATS.contains(word)) {
            return Optional.of("remove it here and set the feed's 'format'");
        }
        if (ROLES.contains(word)) {
            return Optional.of("remove it here and set the feed's 'iamRole'");
        }
        return Optional.of(
                switch (word) {
                    case "MANIFEST", "FROM" -> "remove it: Caravan writes it for every load";
                    case "NOLOAD" -> "remove it: the files would count as loaded without being loaded";
                    default ->
                        "not a parameter of COPY from S3; "
                                + Nearest.hint(word, WORDS).orElse("see COPY parameters in Redshift's developer guide");
                });
    }
}
