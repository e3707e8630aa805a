package dev.caravan.pipeline.tabletoredshift.verify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of a range by key: the source's first, of which there are few, then the cluster's, of which there may be any number. */
final class KeyedRows {
    private final int mostExtra;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private int extra;

    /** @param mostExtra keys that the source hasn't are kept, and no more, for there may be more than memory has room for */
    KeyedRows(int mostExtra) {
        this.mostExtra = mostExtra;
    }

    private static final class Entry {
        long source;
        long cluster;
        final Digest rest = new Digest();

        boolean differs() {
            return !rest.isNothing();
        }

        Difference.Kind kind() {
            return cluster == 0
                    ? Difference.Kind.MISSING
                    : source == 0
                            ? Difference.Kind.EXTRA
                            : source == cluster ? Difference.Kind.CHANGED : Difference.Kind.REPEATED;
        }
    }

    void source(HashedRow row) {
        Entry entry = entries.computeIfAbsent(row.key(), key -> new Entry());
        entry.source++;
        entry.rest.add(row);
    }

    void cluster(HashedRow row) {
        String key = row.key();
        Entry entry = entries.get(key);
        if (entry == null) {
            if (extra == mostExtra) {
                return;
            }
            extra++;
            entry = new Entry();
            entries.put(key, entry);
        }
        entry.cluster++;
        entry.rest.subtract(row);
    }

    /** The first that differ. */
    List<Difference.Key> differences(int most, List<String> names) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getValue().differs())
                .limit(most)
                .map(entry -> new Difference.Key(entry.getValue().kind(), HashedRow.shown(entry.getKey(), names)))
                .toList();
    }
}
