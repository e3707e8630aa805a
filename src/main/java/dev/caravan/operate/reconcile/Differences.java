package dev.caravan.operate.reconcile;

import dev.caravan.operate.reconcile.Difference.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What was found: all of it counted, and of each kind the first. Not for several threads. */
public final class Differences implements Consumer<Difference> {
    private final int limit;
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private final List<Difference> listed = new ArrayList<>();

    /** @param limit how many of each kind are kept */
    public Differences(int limit) {
        this.limit = limit;
    }

    @Override
    public void accept(Difference difference) {
        if (counts.merge(difference.kind(), 1, Integer::sum) <= limit) {
            listed.add(difference);
        }
    }

    /** Those that were found, without kinds of which there is none. */
    public Map<Kind, Integer> counts() {
        return Collections.unmodifiableMap(counts);
    }

    /** The first of each kind, in the order in which they were found. */
    public List<Difference> listed() {
        return Collections.unmodifiableList(listed);
    }

    /** For example {@code 2 unknown, 200 failed (of which 100 are listed)}; empty if there are none. */
    public String inWords() {
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().word()
                        + (count.getValue() > limit ? " (of which " + limit + " are listed)" : ""))
                .collect(Collectors.joining(", "));
    }
}
