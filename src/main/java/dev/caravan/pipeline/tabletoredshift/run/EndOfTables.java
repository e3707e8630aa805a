package dev.caravan.pipeline.tabletoredshift.run;

import dev.caravan.base.Quantity;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.ledger.runs.Unit;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.table.UnitResult;
import dev.caravan.work.run.RunEnd;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * How a run ends whose tables are read: complete if all of them are loaded into all clusters. Its counts are {@code tables}, {@code failedTables}, {@code rows},
 * {@code bytes}, and {@code deleted} if loads were to delete by keys.
 */
final class EndOfTables {
    private EndOfTables() {}

    /** @param batches those of each unit's loads, all of them ended */
    static RunEnd of(Map<Unit, List<Batch>> batches) {
        List<String> faults = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        long rows = 0;
        long bytes = 0;
        long tables = 0;
        OptionalLong deleted = OptionalLong.empty();
        Set<TableId> failed = new HashSet<>();
        for (Map.Entry<Unit, List<Batch>> entry : batches.entrySet()) {
            UnitResult result = UnitResult.of(entry.getKey());
            if (!result.error().isEmpty()) {
                faults.add(result.error());
                result.tables().forEach(one -> failed.add(one.table()));
            }
            List<UnitResult.Loading> loads = result.loads();
            for (int i = 0; i < loads.size(); i++) {
                Batch batch = entry.getValue().get(i);
                if (batch.status() != BatchStatus.COMPLETE) {
                    failed.add(loads.get(i).table());
                    faults.add(loads.get(i).table() + ": batch " + batch.id() + " failed: "
                            + (batch.failures().isEmpty() ? batch.reason() : batch.failures()));
                }
            }
            for (UnitResult.OfTable one : result.tables()) {
                Long gone = one.result().deleted();
                if (gone != null) {
                    deleted = OptionalLong.of(deleted.orElse(0) + gone);
                }
                warnings.addAll(one.result().warnings());
                one.result()
                        .changes()
                        .forEach((what, values) -> warnings.add(
                                one.table() + ": " + Quantity.count(values, "value") + " of column " + what));
            }
            tables += result.tables().size();
            rows += result.rows();
            bytes += result.bytes();
        }
        Map<String, Long> counts = new TreeMap<>(
                Map.of("tables", tables, "failedTables", (long) failed.size(), "rows", rows, "bytes", bytes));
        deleted.ifPresent(gone -> counts.put("deleted", gone));
        boolean good = faults.isEmpty();
        return new RunEnd(
                good ? RunStatus.COMPLETE : RunStatus.ERROR,
                good
                        ? Quantity.count(tables, "table") + ", " + Quantity.count(rows, "row")
                                + (deleted.orElse(0) == 0
                                        ? ""
                                        : ", " + Quantity.count(deleted.getAsLong(), "row") + " deleted")
                        : failed.size() + " of " + Quantity.count(tables, "table") + " failed: "
                                + String.join("; ", faults),
                counts,
                faults,
                warnings);
    }
}
