package dev.caravan.pipeline.tabletoredshift.target;

import java.util.List;
import java.util.Optional;

/**
 * What a person decides about a table that is made.
 *
 * @param distKey a column, in the source's or in Redshift's spelling; empty for what the primary key suggests
 * @param sortKey columns; empty for the primary key
 * @param rowsRepeat whether the same row may come more than once, as it does when rows are appended: then nothing says that keys are unique
 */
public record Layout(Optional<String> distKey, List<String> sortKey, boolean rowsRepeat) {
    /** Nothing is decided. */
    public static final Layout BY_KEY = new Layout(Optional.empty(), List.of(), false);

    public Layout {
        sortKey = List.copyOf(sortKey);
    }
}
