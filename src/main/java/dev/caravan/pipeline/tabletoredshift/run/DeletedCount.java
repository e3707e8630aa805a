package dev.caravan.pipeline.tabletoredshift.run;

import dev.caravan.batch.Batch;
import dev.caravan.ledger.runs.Unit;
import dev.caravan.outcome.Outcome;
import dev.caravan.pipeline.tabletoredshift.table.UnitPlan;
import dev.caravan.pipeline.tabletoredshift.table.UnitResult;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How many rows a unit's loads have deleted from Redshift by keys. A load that replaces a table doesn't count: of what it deletes, most comes back. */
final class DeletedCount {
    private DeletedCount() {}

    /**
     * The unit's result with them.
     *
     * @param batches those of its loads, all of them ended
     */
    static String in(Unit unit, List<Batch> batches) {
        UnitResult result = UnitResult.of(unit);
        List<UnitResult.Loading> loads = result.loads();
        List<@Nullable Long> deleted = new ArrayList<>();
        for (int i = 0; i < loads.size(); i++) {
            deleted.add(loads.get(i).load().deletes().isEmpty() ? null : most(batches.get(i)));
        }
        return deleted.stream().allMatch(count -> count == null)
                ? unit.result()
                : result.loaded(UnitPlan.of(unit.plan()), deleted);
    }

    /** In the cluster where they are most: each counts for itself, and those that are equally far count the same. */
    private static @Nullable Long most(Batch batch) {
        OptionalLong most = batch.outcomes().values().stream()
                .filter(Outcome.Loaded.class::isInstance)
                .mapToLong(outcome -> ((Outcome.Loaded) outcome).deleted())
                .max();
        return most.isPresent() ? most.getAsLong() : null;
    }
}
