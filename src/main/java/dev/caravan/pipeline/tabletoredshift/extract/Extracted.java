package dev.caravan.pipeline.tabletoredshift.extract;

import dev.caravan.pipeline.tabletoredshift.type.Policy;
import java.util.List;

/**
 * What came out of a table.
 *
 * @param parts in their order; none if there are no rows
 * @param changes what policies did to values; empty if all are as in the source
 */
public record Extracted(long rows, List<Part> parts, List<Changed> changes) {
    public Extracted {
        parts = List.copyOf(parts);
        changes = List.copyOf(changes);
    }

    /**
     * A part that is complete.
     *
     * @param csvBytes before they were compressed
     */
    public record Part(int number, long rows, long csvBytes, long bytes) {}

    /** How many values of a column a policy changed. */
    public record Changed(String column, Policy policy, long values) {}
}
