package dev.caravan.pipeline.tabletoredshift.run;

import dev.caravan.base.Quantity;
import dev.caravan.ledger.runs.Unit;
import dev.caravan.pipeline.tabletoredshift.extract.ReadSoFar;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.table.SoFar;
import dev.caravan.pipeline.tabletoredshift.table.TableResult;
import dev.caravan.pipeline.tabletoredshift.table.UnitPlan;
import dev.caravan.pipeline.tabletoredshift.table.UnitResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a table stands in a run.
 *
 * @param table in the source
 * @param state {@code waiting}, {@code reading}, {@code read} or {@code failed}
 * @param attempt how many times an instance has taken it
 * @param rows that were read, while it is being read so far, as the instance that reads it has said last
 * @param bytes of its parts, likewise
 * @param expectedRows while it is being read, how many rows there are to read, about, by the source's statistics; 0 if nobody knows
 * @param rowsPerSecond while it is being read, how fast that goes; else 0
 * @param error why it failed, or waits; may be empty
 * @param changes by {@code column policy}, how many values a policy changed
 * @param deleted once the run is over, how many rows its load has deleted from Redshift by keys, in the cluster where they are most; null before, and if none was to
 */
public record TableState(
        String table,
        String state,
        int attempt,
        long rows,
        long bytes,
        long expectedRows,
        long rowsPerSecond,
        String error,
        List<String> warnings,
        Map<String, Long> changes,
        @Nullable Long deleted) {

    public TableState {
        warnings = List.copyOf(warnings);
        changes = Map.copyOf(changes);
    }

    /** What a person is told of it: why it failed, warnings, what policies have changed. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        pace().ifPresent(notes::add);
        if (!error.isEmpty()) {
            notes.add(error);
        }
        notes.addAll(warnings);
        changes.forEach((what, values) -> notes.add(Quantity.count(values, "value") + " of column " + what));
        return notes;
    }

    /** While it is being read, of how many rows, and how fast: {@code of about 2,000 rows, 300 rows/s}. */
    public Optional<String> pace() {
        if (rowsPerSecond == 0) {
            return Optional.empty();
        }
        return Optional.of((expectedRows > 0 ? "of about " + Quantity.count(expectedRows, "row") + ", " : "")
                + Quantity.count(rowsPerSecond, "row/s", "rows/s"));
    }

    /** Of each table of a unit. */
    static List<TableState> of(Unit unit, Instant now) {
        if (unit.isDone()) {
            return UnitResult.of(unit).tables().stream()
                    .map(one -> done(one.table(), unit.attempt(), one.result()))
                    .toList();
        }
        boolean taken = unit.isTaken() && unit.time().isAfter(now);
        SoFar soFar = SoFar.of(taken ? unit.soFar() : "");
        List<TableId> tables = UnitPlan.of(unit.plan()).tables();
        List<TableState> states = new ArrayList<>();
        for (TableId table : tables) {
            int number = states.size();
            if (number < soFar.before().size()) {
                ReadSoFar.Table read = soFar.before().get(number);
                states.add(counted(table, "read", unit, read.rows(), read.bytes()));
            } else if (taken && number == soFar.before().size()) {
                states.add(new TableState(
                        table.toString(),
                        "reading",
                        unit.attempt(),
                        soFar.rows(),
                        soFar.bytes(),
                        soFar.expected(),
                        soFar.rowsPerSecond(),
                        unit.reason(),
                        List.of(),
                        Map.of(),
                        null));
            } else {
                states.add(counted(table, "waiting", unit, 0, 0));
            }
        }
        return states;
    }

    private static TableState counted(TableId table, String state, Unit unit, long rows, long bytes) {
        String reason = state.equals("waiting") ? unit.reason() : "";
        return new TableState(
                table.toString(), state, unit.attempt(), rows, bytes, 0, 0, reason, List.of(), Map.of(), null);
    }

    private static TableState done(TableId table, int attempt, TableResult result) {
        return new TableState(
                table.toString(),
                result.error().isEmpty() ? "read" : "failed",
                attempt,
                result.rows(),
                result.bytes(),
                0,
                0,
                result.error(),
                result.warnings(),
                result.changes(),
                result.deleted());
    }
}
