package dev.caravan.sandbox.chaos.plan;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What a run has beside kills, freezes, faults, and files with bad rows: each by name, so that a run can do without it. What it does of each follows from the
 * seed and its own name only: one more or less leaves the others as they are.
 */
public enum Ingredient {
    TWO_CLOSED("both clusters are closed at once, each for its own time"),
    OVERWRITES("objects are overwritten before, while and after they are loaded, with as many bytes or more"),
    CORRUPT("a feed of .gz files, some of which are plain, cut short, or empty"),
    FORBIDDEN("S3 refuses single objects to COPY"),
    REFUSALS("DynamoDB and S3 refuse Caravan for a while: access denied, token expired"),
    SLOW_COPIES("COPYs take longer than a lease"),
    HUNG_CLUSTERS("connections to a cluster stay open, and whatever is sent through them is swallowed"),
    HUNG_DYNAMODB("calls to DynamoDB are never answered"),
    MERGE("a feed with orderBy merges rows, some of them with null keys"),
    MAXERROR("a feed whose COPY leaves out rows that it can't read"),
    JSONPATHS("a feed whose jsonpaths file is gone for a while"),
    CHANGED_TABLE("a feed whose table has another shape for a while"),
    PAUSES("an operator pauses feeds"),
    OPERATOR("an operator reprocesses what has failed, and reloads what was set aside, in the middle of it all"),
    TABLES(
            "tables of a MariaDB and a PostgreSQL are synced while they are written to, and their readers' connections cut");

    private final String summary;

    Ingredient(String summary) {
        this.summary = summary;
    }

    /** As it is typed: {@code two-closed}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Those of a run that isn't told which. */
    static Set<Ingredient> usual() {
        return named("all");
    }

    /** Throws {@link IllegalArgumentException} with a sentence for who typed it. */
    static Set<Ingredient> named(String words) {
        if (words.equals("all")) {
            return such(ingredient -> true);
        }
        List<String> wanted = words.equals("none") ? List.of() : List.of(words.split(",", -1));
        List<String> known = Arrays.stream(values()).map(Ingredient::word).toList();
        for (String word : wanted) {
            if (!known.contains(word)) {
                throw new IllegalArgumentException(
                        "There is no ingredient %s; use all, none, or some of %s, separated by commas."
                                .formatted(word, String.join(", ", known)));
            }
        }
        return such(ingredient -> wanted.contains(ingredient.word()));
    }

    /** For {@link #named}. */
    static String words(Set<Ingredient> ingredients) {
        return ingredients.isEmpty()
                ? "none"
                : ingredients.stream().map(Ingredient::word).collect(Collectors.joining(","));
    }

    /** One line for each. */
    static String help() {
        return Arrays.stream(values())
                .map(ingredient -> "    %-15s%s\n".formatted(ingredient.word(), ingredient.summary))
                .collect(Collectors.joining());
    }

    private static Set<Ingredient> such(Predicate<Ingredient> wanted) {
        Set<Ingredient> such = EnumSet.noneOf(Ingredient.class);
        Arrays.stream(values()).filter(wanted).forEach(such::add);
        return Collections.unmodifiableSet(such);
    }
}
