package dev.caravan.pipeline.tabletoredshift.run;

import dev.caravan.base.Quantity;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.ledger.runs.Unit;
import dev.caravan.pipeline.tabletoredshift.table.TableResult;
import dev.caravan.pipeline.tabletoredshift.table.UnitPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a run ends.
 *
 * @param status {@code complete} if all tables are loaded into all clusters
 * @param reason in words
 * @param counts {@code tables}, {@code failedTables}, {@code rows}, {@code bytes}
 * @param faults a sentence for each table that failed
 * @param warnings what a person should know of tables that didn't
 */
record RunEnd(RunStatus status, String reason, Map<String, Long> counts, List<String> faults, List<String> warnings) {
    RunEnd {
        counts = Map.copyOf(counts);
        faults = List.copyOf(faults);
        warnings = List.copyOf(warnings);
    }

    /** @param batches those of each unit's loads, all of them ended */
    static RunEnd of(Map<Unit, List<Batch>> batches) {
        List<String> faults = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        long rows = 0;
        long bytes = 0;
        long failed = 0;
        for (Map.Entry<Unit, List<Batch>> entry : batches.entrySet()) {
            TableResult result = TableResult.of(entry.getKey().result());
            int before = faults.size();
            if (!result.error().isEmpty()) {
                faults.add(result.error());
            }
            entry.getValue().stream()
                    .filter(batch -> batch.status() != BatchStatus.COMPLETE)
                    .map(batch -> UnitPlan.of(entry.getKey().plan()).id() + ": batch " + batch.id() + " failed: "
                            + (batch.failures().isEmpty() ? batch.reason() : batch.failures()))
                    .forEach(faults::add);
            warnings.addAll(result.warnings());
            result.changes()
                    .forEach((what, values) ->
                            warnings.add(UnitPlan.of(entry.getKey().plan()).id() + ": "
                                    + Quantity.count(values, "value") + " of column " + what));
            rows += result.rows();
            bytes += result.bytes();
            failed += faults.size() > before ? 1 : 0;
        }
        Map<String, Long> counts = new TreeMap<>(
                Map.of("tables", (long) batches.size(), "failedTables", failed, "rows", rows, "bytes", bytes));
        boolean good = faults.isEmpty();
        String tables = Quantity.count(batches.size(), "table");
        return new RunEnd(
                good ? RunStatus.COMPLETE : RunStatus.ERROR,
                good
                        ? tables + ", " + Quantity.count(rows, "row")
                        : failed + " of " + tables + " failed: " + String.join("; ", faults),
                counts,
                faults,
                warnings);
    }
}
