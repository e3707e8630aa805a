package dev.caravan.pipeline.tabletoredshift.sync;

import java.util.Optional;

/**
 * How an incremental run learns which rows were deleted in the source: {@code none}, {@code keys} or {@code soft:deleted_at}.
 *
 * @param column of the source, not NULL in rows that are to be taken for deleted; empty unless it is {@link Kind#SOFT}
 */
public record Deletes(Kind kind, String column) {
    /** By what. */
    public enum Kind {
        /** Not at all. */
        NONE,
        /** By the keys of all rows: what isn't among them is gone. */
        KEYS,
        /** By a column that says so. */
        SOFT
    }

    static final Deletes NONE = new Deletes(Kind.NONE, "");

    private static final String SOFT_BEGINS = "soft:";

    static Optional<Deletes> of(String text) {
        if (text.equals("none")) {
            return Optional.of(NONE);
        }
        if (text.equals("keys")) {
            return Optional.of(new Deletes(Kind.KEYS, ""));
        }
        return Optional.of(text)
                .filter(t -> t.startsWith(SOFT_BEGINS))
                .map(t -> t.substring(SOFT_BEGINS.length()).strip())
                .filter(column -> !column.isEmpty() && !column.contains(",") && column.length() <= 128)
                .map(column -> new Deletes(Kind.SOFT, column));
    }

    public boolean isByKeys() {
        return kind == Kind.KEYS;
    }

    public boolean isSoft() {
        return kind == Kind.SOFT;
    }

    /** Whether an incremental run deletes any. */
    public boolean any() {
        return kind != Kind.NONE;
    }
}
