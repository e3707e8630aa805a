package dev.caravan.redshift.target;

import dev.caravan.base.Fault;
import dev.caravan.base.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The COPY parameters that a feed appends: words of COPY's own, each with the quoted string or number that belongs to it, so that the text
 * can't end the statement or say anything that Caravan says. What may stand together is for the rules of whoever describes a target to say.
 *
 * @param settings in the order in which they are written
 */
public record CopyOptions(List<Setting> settings) {
    /**
     * A parameter and its value.
     *
     * @param value as it is written, quotes included; empty if there is none
     */
    public record Setting(CopyParameter parameter, String value) {
        /** What a quoted string says: a doubled quote is one; backslashes stay, for COPY's parameters differ in what they make of them. */
        public String text() {
            return value.startsWith("'")
                    ? value.substring(1, value.length() - 1).replace("''", "'")
                    : value;
        }
    }

    private static final Set<String> FORMATS =
            Set.of("FORMAT", "CSV", "JSON", "AVRO", "PARQUET", "ORC", "FIXEDWIDTH", "SHAPEFILE", "DELIMITED");
    private static final Set<String> ROLES =
            Set.of("IAM_ROLE", "CREDENTIALS", "WITH", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN");

    /** A string ends at a quote that is not doubled; backslashes stand before it only in pairs, so that every reader sees its end there. */
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:('(?:[^'\\\\\\x00]|\\\\\\\\|\\\\[^'\\\\\\x00]|'')*+')|(\\d++)(?!\\w)|([A-Za-z_]\\w*+))");

    /** What is wrong with the text, as a fault without secrets; empty if nothing is. */
    public static Optional<Fault> fault(String key, String text) {
        return new Reader(text).read().map(wrong -> new Fault(key, wrong.value(), wrong.advice()));
    }

    /** What a text says in which nothing is wrong. */
    public static CopyOptions of(String text) {
        Reader reader = new Reader(text);
        reader.read().ifPresent(wrong -> {
            throw new IllegalArgumentException(wrong.value() + ": " + wrong.advice());
        });
        return new CopyOptions(List.copyOf(reader.settings));
    }

    /** Whether COPY succeeds though it can't load some rows. */
    public boolean skipsRows() {
        return settings.stream()
                .anyMatch(setting -> setting.parameter() == CopyParameter.IGNOREALLERRORS
                        || (setting.parameter() == CopyParameter.MAXERROR
                                && !setting.text().matches("0*")));
    }

    private record Wrong(String value, String advice) {}

    private static final class Reader {
        private final String text;
        private final Matcher token;
        private final List<Setting> settings = new ArrayList<>();
        private int at;
        private String before = "";

        Reader(String text) {
            this.text = text;
            token = TOKEN.matcher(text);
        }

        Optional<Wrong> read() {
            while (!text.substring(at).isBlank()) {
                if (!isAtToken()) {
                    return Optional.of(unreadable(text.substring(at).strip()));
                }
                String word = token.group().strip();
                Optional<CopyParameter> parameter = CopyParameter.of(word.toUpperCase(Locale.ROOT));
                if (parameter.isEmpty()) {
                    return Optional.of(unexpected(word));
                }
                before = word;
                at = token.end();
                Optional<Wrong> wrong = setting(parameter.get());
                if (wrong.isPresent()) {
                    return wrong;
                }
            }
            return Optional.empty();
        }

        private Optional<Wrong> setting(CopyParameter parameter) {
            CopyParameter.Value value = parameter.value();
            boolean as = value != CopyParameter.Value.NONE && isAtToken() && is("AS");
            if (as) {
                at = token.end();
            }
            if (isAtToken() && value.takes(token.group().strip().toUpperCase(Locale.ROOT))) {
                settings.add(new Setting(parameter, token.group().strip()));
                at = token.end();
                return Optional.empty();
            }
            if (!text.substring(at).isBlank() && !isAtToken()) {
                return Optional.of(unreadable(text.substring(at).strip()));
            }
            if (value.isNeeded() || (as && value != CopyParameter.Value.TEXT_IF_ANY)) {
                return Optional.of(new Wrong(before, "write " + value.inWords() + " after it"));
            }
            settings.add(new Setting(parameter, ""));
            return Optional.empty();
        }

        private boolean isAtToken() {
            token.region(at, text.length());
            return token.lookingAt();
        }

        private boolean is(String word) {
            return token.group().strip().equalsIgnoreCase(word);
        }

        private Wrong unreadable(String rest) {
            if (rest.startsWith("'")) {
                return new Wrong(
                        "",
                        "the quoted string " + place()
                                + " is not closed; close it, and write a quote in a string as '' (not as \\')");
            }
            return new Wrong(
                    rest.substring(0, rest.offsetByCodePoints(0, 1)),
                    "not allowed " + place()
                            + "; write COPY parameters, strings in single quotes and whole numbers only");
        }

        private Wrong unexpected(String found) {
            return Character.isLetter(found.charAt(0)) || found.startsWith("_")
                    ? new Wrong(found, advice(found.toUpperCase(Locale.ROOT)))
                    : new Wrong("", "the value " + place() + " belongs to no parameter; remove it");
        }

        private String place() {
            return before.isEmpty() ? "at the start" : "after " + before;
        }
    }

    private static String advice(String word) {
        if (FORMATS.contains(word)) {
            return "remove it here and set the feed's 'format'";
        }
        if (ROLES.contains(word)) {
            return "remove it here and set the feed's 'iamRole'";
        }
        return switch (word) {
            case "ENCRYPTED", "MASTER_SYMMETRIC_KEY" -> "remove it here and set the feed's 'masterSymmetricKey'";
            case "MANIFEST", "FROM" -> "remove it: Caravan writes it for every load";
            case "NOLOAD" -> "remove it: the files would count as loaded without being loaded";
            default ->
                "not a parameter of COPY from S3; "
                        + Nearest.hint(word, names()).orElse("see COPY parameters in Redshift's developer guide");
        };
    }

    private static Set<String> names() {
        return Stream.of(CopyParameter.values()).map(Enum::name).collect(Collectors.toSet());
    }
}
