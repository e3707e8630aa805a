package dev.caravan.pipeline.tabletoredshift.verify;

import java.util.List;

/**
 * A range in which rows differ.
 *
 * @param range for people: {@code id from 10001 to 20000}
 * @param keys the first that differ; fewer than there are if many do, and none where rows have no key
 */
public record Difference(String range, long rowsSource, long rowsTarget, List<Key> keys) {
    public Difference {
        keys = List.copyOf(keys);
    }

    /** What is the matter with the rows of a key. */
    public enum Kind {
        /** The source has it, Redshift hasn't. */
        MISSING,
        /** Redshift has it, the source hasn't. */
        EXTRA,
        /** Both have it, with other values. */
        CHANGED,
        /** Both have it, and not as often. */
        REPEATED
    }

    /** A key: {@code id=5}. */
    public record Key(Kind kind, String key) {}
}
