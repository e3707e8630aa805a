package dev.caravan.migrate.draft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A feed taken over from another loader: its properties, and comments on what has no equal. */
public final class FeedDraft {
    private final String name;
    private String origin;
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final List<String> comments = new ArrayList<>();
    private Optional<String> offBecause = Optional.empty();

    /**
     * @param name the feed's name
     * @param origin what it comes from, in words
     */
    public FeedDraft(String name, String origin) {
        this.name = name;
        this.origin = origin;
    }

    /** Sets a property; an empty value leaves it out. Line breaks become spaces. */
    public FeedDraft set(String property, String value) {
        String text = value.replaceAll("\\s*\\R\\s*", " ").strip();
        if (text.contains("{{") || text.startsWith("#")) {
            return off(property + " was '" + text
                    + "', which Camel would take for a placeholder or a bean: write it otherwise");
        }
        if (!text.isEmpty()) {
            properties.put(property, text);
        }
        return this;
    }

    /** Says of something that it has no equal, and what to do. */
    public FeedDraft comment(String words) {
        if (!comments.contains(words)) {
            comments.add(words);
        }
        return this;
    }

    /** Puts the whole feed into comments, because as it stands it would load something else than before. */
    public FeedDraft off(String why) {
        comment(why);
        offBecause = Optional.of(offBecause.orElse(why));
        return this;
    }

    void rewrite(UnaryOperator<String> values) {
        properties.replaceAll((property, value) -> values.apply(value));
        comments.replaceAll(values);
        origin = values.apply(origin);
        offBecause = offBecause.map(values);
    }

    void drop(String property) {
        properties.remove(property);
    }

    public String name() {
        return name;
    }

    String origin() {
        return origin;
    }

    Map<String, String> properties() {
        return Collections.unmodifiableMap(properties);
    }

    List<String> comments() {
        return Collections.unmodifiableList(comments);
    }

    /** Why it stands in comments; empty if it doesn't. */
    public Optional<String> offBecause() {
        return offBecause;
    }
}
