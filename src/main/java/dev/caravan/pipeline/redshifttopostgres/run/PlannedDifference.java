package dev.caravan.pipeline.redshifttopostgres.run;

import java.util.List;
import java.util.Map;

/**
 * What a run would do.
 *
 * @param held the snapshot that the target says it holds; empty if none
 * @param rebase whether both sides would be compared anew
 * @param kept rows of the target that nobody knows, and that would stay
 * @param rows those that the target holds, as far as the mirror knows
 * @param samples keys of a few rows, by what would be done with them: insert, update, delete
 * @param missing columns that would be added to the target, with their types
 * @param refusal what a guard would say, in words; empty if all would let it pass
 * @param warnings what a person should know
 */
public record PlannedDifference(
        String held,
        boolean rebase,
        long inserts,
        long updates,
        long deletes,
        long kept,
        long rows,
        Map<String, List<String>> samples,
        Map<String, String> missing,
        String refusal,
        List<String> warnings) {
    public PlannedDifference {
        samples = Map.copyOf(samples);
        missing = Map.copyOf(missing);
        warnings = List.copyOf(warnings);
    }
}
