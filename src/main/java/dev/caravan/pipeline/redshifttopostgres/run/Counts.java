package dev.caravan.pipeline.redshifttopostgres.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of a difference, by what is to be done with them.
 *
 * @param kept rows of the target that nobody knows, and that stay
 * @param repeated rows of the source whose key another has as well
 * @param withoutKey rows of the source with NULL in a key
 * @param rows those that the target holds, as far as the mirror knows
 */
record Counts(long inserts, long updates, long deletes, long kept, long repeated, long withoutKey, long rows) {

    /** Of the answer to {@link dev.caravan.pipeline.redshifttopostgres.warehouse.DifferenceStatement#counts}. */
    static Counts of(List<Map<String, Object>> answer) {
        Map<String, Long> counts = new HashMap<>();
        answer.forEach(row ->
                counts.put(String.valueOf(row.get("op")).strip(), ((Number) row.getOrDefault("n", 0L)).longValue()));
        return new Counts(
                counts.getOrDefault("I", 0L),
                counts.getOrDefault("U", 0L),
                counts.getOrDefault("D", 0L),
                counts.getOrDefault("K", 0L),
                counts.getOrDefault("X", 0L),
                counts.getOrDefault("N", 0L),
                counts.getOrDefault("base", 0L));
    }

    /** Of the source. */
    long sourceRows() {
        return rows + inserts - deletes - kept;
    }
}
