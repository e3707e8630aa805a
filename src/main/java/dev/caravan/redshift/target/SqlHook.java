package dev.caravan.redshift.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * Checks the SQL that a feed adds to its loads: whole statements that stay within the load's transaction. What would end the transaction, or change
 * what Caravan asks of it, is refused; so is a string, a name or a comment that isn't closed, for it would swallow what follows.
 */
public final class SqlHook {
    private static final Set<String> ENDING = Set.of(
            "BEGIN",
            "START",
            "COMMIT",
            "END",
            "ROLLBACK",
            "ABORT",
            "TRUNCATE",
            "VACUUM",
            "SAVEPOINT",
            "RELEASE",
            "PREPARE");
    private static final Set<String> OTHERS = Set.of(
            "COPY", "UNLOAD", "SET", "RESET", "DISCARD", "EXPLAIN", "SHOW", "DECLARE", "FETCH", "CLOSE", "CANCEL");

    private SqlHook() {}

    /** The statements without a semicolon at the end; empty if {@link #advice} has something to say. */
    public static Optional<String> of(String text) {
        return advice(text).isPresent()
                ? Optional.empty()
                : Optional.of(text.strip().replaceFirst("(?:\\s|;)+$", ""));
    }

    /** What is wrong with the text; empty if nothing is. */
    public static Optional<String> advice(String text) {
        if (text.indexOf('\0') >= 0) {
            return Optional.of("a NUL character stands in it; remove it");
        }
        List<String> firstWords = new ArrayList<>();
        boolean begun = false;
        boolean swallowing = false;
        Matcher token = SqlTokens.of(text);
        while (token.find()) {
            if (token.group("open") != null) {
                return Optional.of("what begins with " + token.group("open") + " is not closed; close it");
            }
            swallowing = token.group("comment") != null
                    && (token.group().startsWith("--")
                            || (swallowing && token.group().isBlank()));
            if (token.group("end") != null) {
                begun = false;
            } else if (token.group("comment") == null && !begun) {
                begun = true;
                firstWords.add(token.group().toUpperCase(Locale.ROOT));
            }
        }
        if (swallowing) {
            return Optional.of("it ends with a comment, which would swallow what follows; put it before a statement");
        }
        return firstWords.stream().flatMap(word -> refusal(word).stream()).findFirst();
    }

    private static Optional<String> refusal(String word) {
        if (ENDING.contains(word)) {
            return Optional.of(word + " would end the load's transaction, in which all of it happens or nothing"
                    + (word.equals("TRUNCATE") ? "; write DELETE FROM" : "; remove it"));
        }
        return OTHERS.contains(word) ? Optional.of(word + " can't be part of a load; remove it") : Optional.empty();
    }
}
