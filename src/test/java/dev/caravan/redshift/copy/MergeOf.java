package dev.caravan.redshift.copy;

import dev.caravan.feed.Feed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A way to write rows, and what it makes of them: what is said of {@code writeMode} in the docs, one row after the other. */
enum MergeOf {
    APPEND("append", ""),
    OVERWRITE("overwriteExisting", ""),
    OVERWRITE_BY_ONE("overwriteExisting", "seq"),
    OVERWRITE_BY_TWO("overwriteExisting", "at, seq"),
    KEEP("keepExisting", "");

    private static final Comparator<MergedRow> BY_ONE = by(MergedRow::seq);

    private final String writeMode;
    private final String orderBy;

    MergeOf(String writeMode, String orderBy) {
        this.writeMode = writeMode;
        this.orderBy = orderBy;
    }

    boolean isOrdered() {
        return !orderBy.isEmpty();
    }

    Feed feed(String table) {
        Feed feed = new Feed();
        feed.set("prefix", "landing/files/");
        feed.set("table", table);
        feed.set("iamRole", "default");
        feed.set("copyOptions", "EMPTYASNULL");
        feed.set("writeMode", writeMode);
        if (this != APPEND) {
            feed.set("keys", "id, day");
        }
        if (isOrdered()) {
            feed.set("orderBy", orderBy);
        }
        return feed;
    }

    /** @param rows in the order of their files */
    List<MergedRow> expected(List<MergedRow> before, List<MergedRow> rows) {
        List<MergedRow> table = new ArrayList<>(before);
        for (MergedRow row : rows) {
            Optional<MergedRow> there = table.stream().filter(row::hasKeysOf).findAny();
            if (this == APPEND || there.isEmpty()) {
                table.add(row);
            } else if (isReplacedBy(there.get(), row)) {
                table.remove(there.get());
                table.add(row);
            }
        }
        return table;
    }

    private boolean isReplacedBy(MergedRow there, MergedRow row) {
        return switch (this) {
            case APPEND, KEEP -> false;
            case OVERWRITE -> true;
            case OVERWRITE_BY_ONE -> BY_ONE.compare(there, row) <= 0;
            case OVERWRITE_BY_TWO -> by(MergedRow::at).thenComparing(BY_ONE).compare(there, row) <= 0;
        };
    }

    private static Comparator<MergedRow> by(Function<MergedRow, String> column) {
        return Comparator.comparing(
                column, Comparator.comparingInt(value -> value.isEmpty() ? -1 : Integer.parseInt(value)));
    }
}
