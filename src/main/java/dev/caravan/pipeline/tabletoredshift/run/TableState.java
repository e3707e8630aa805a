package dev.caravan.pipeline.tabletoredshift.run;

import dev.caravan.base.Quantity;
import dev.caravan.ledger.runs.Unit;
import dev.caravan.pipeline.tabletoredshift.table.TableResult;
import dev.caravan.pipeline.tabletoredshift.table.UnitPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where a table stands in a run.
 *
 * @param table in the source
 * @param state {@code waiting}, {@code reading}, {@code read} or {@code failed}
 * @param attempt how many times an instance has taken it
 * @param error why it failed; may be empty
 * @param changes by {@code column policy}, how many values a policy changed
 */
public record TableState(
        String table,
        String state,
        int attempt,
        long rows,
        long bytes,
        String error,
        List<String> warnings,
        Map<String, Long> changes) {

    public TableState {
        warnings = List.copyOf(warnings);
        changes = Map.copyOf(changes);
    }

    /** What a person is told of it: why it failed, warnings, what policies have changed. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!error.isEmpty()) {
            notes.add(error);
        }
        notes.addAll(warnings);
        changes.forEach((what, values) -> notes.add(Quantity.count(values, "value") + " of column " + what));
        return notes;
    }

    static TableState of(Unit unit, Instant now) {
        String table = UnitPlan.of(unit.plan()).id().toString();
        if (!unit.isDone()) {
            String state = unit.attempt() > 0 && unit.time().isAfter(now) ? "reading" : "waiting";
            return new TableState(table, state, unit.attempt(), 0, 0, "", List.of(), Map.of());
        }
        TableResult result = TableResult.of(unit.result());
        return new TableState(
                table,
                result.error().isEmpty() ? "read" : "failed",
                unit.attempt(),
                result.rows(),
                result.bytes(),
                result.error(),
                result.warnings(),
                result.changes());
    }
}
