package dev.caravan.pipeline.tabletoredshift.verify;

import java.util.List;

/**
 * What a comparison found.
 *
 * @param differences by ranges; none if every row of each side is on the other
 */
public record VerifyResult(long rowsSource, long rowsTarget, List<Difference> differences) {
    public VerifyResult {
        differences = List.copyOf(differences);
    }

    /** Whether both have the same rows. */
    public boolean isSame() {
        return differences.isEmpty();
    }
}
