package dev.caravan.pipeline.tabletoredshift.sync;

import dev.caravan.pipeline.tabletoredshift.source.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which tables of a source are meant: {@code shop.*, !shop.tmp_*}. A {@code *} stands for any characters but a dot; upper and lower case differ. A table is meant
 * if a pattern names it and none behind an exclamation mark does.
 */
public final class TablePatterns {
    private static final Pattern WRITTEN = Pattern.compile("!?\\s*[^\\s.,!][^.,!]*\\.[^.,!]*[^\\s.,!]");

    private final List<Part> taken = new ArrayList<>();
    private final List<Part> left = new ArrayList<>();
    private final String written;

    private record Part(String text, Pattern pattern) {
        static Part of(String text) {
            String regex = Stream.of(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining("[^.]*"));
            return new Part(text, Pattern.compile(regex));
        }

        boolean names(TableId table) {
            return pattern.matcher(table.toString()).matches();
        }

        /** Characters that it asks for; a name without {@code *} is more than any pattern. */
        int exactness() {
            return text.contains("*") ? text.replace("*", "").length() : Integer.MAX_VALUE;
        }
    }

    private TablePatterns(String written) {
        this.written = written;
    }

    /** Patterns separated by commas; empty if the text isn't that, or names nothing. */
    static Optional<TablePatterns> of(String text) {
        TablePatterns patterns = new TablePatterns(text);
        for (String part : text.split(",", -1)) {
            String one = part.strip();
            if (!WRITTEN.matcher(one).matches()) {
                return Optional.empty();
            }
            if (one.startsWith("!")) {
                patterns.left.add(Part.of(one.substring(1).strip()));
            } else {
                patterns.taken.add(Part.of(one));
            }
        }
        return patterns.taken.isEmpty() ? Optional.empty() : Optional.of(patterns);
    }

    /** How exactly they name a table: 0 if not at all; of two that do, the higher names it with more characters of its own. */
    int exactness(TableId table) {
        if (left.stream().anyMatch(part -> part.names(table))) {
            return 0;
        }
        return taken.stream()
                .filter(part -> part.names(table))
                .mapToInt(part -> Math.max(1, part.exactness()))
                .max()
                .orElse(0);
    }

    /** Those patterns, as they are written, that name none of these tables. */
    List<String> unmatched(List<TableId> tables) {
        return taken.stream()
                .filter(part -> tables.stream().noneMatch(part::names))
                .map(Part::text)
                .toList();
    }

    /** The tables that they name one by one, without a {@code *}. */
    List<TableId> single() {
        return taken.stream()
                .filter(part -> part.exactness() == Integer.MAX_VALUE)
                .map(part -> {
                    int dot = part.text().indexOf('.');
                    return new TableId(
                            part.text().substring(0, dot), part.text().substring(dot + 1));
                })
                .toList();
    }

    @Override
    public String toString() {
        return written;
    }
}
