package dev.caravan.pipeline.redshifttopostgres.run;

import dev.caravan.base.Quantity;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.Applied;
import dev.caravan.work.run.RunEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How a mirror's run ends whose difference is in. Its counts are {@code inserted}, {@code updated}, {@code deleted}, {@code rows} (of the mirror) and {@code kept}. */
final class MirrorEnd {
    private MirrorEnd() {}

    static RunEnd of(TableMirror mirror, MirrorPlan plan, Applied applied, List<String> more) {
        long rows = plan.rows() + plan.inserts() - plan.deletes() - plan.kept();
        List<String> warnings = new ArrayList<>(more);
        if (plan.kept() > 0) {
            warnings.add(Quantity.count(plan.kept(), "row") + " of " + String.join(".", mirror.targetTable())
                    + " stay that " + mirror.from() + " hasn't: nobody knows whether they were mirrored."
                    + " unknownRows: delete would have removed them");
        }
        warnings.addAll(applied.remarks());
        Map<String, Long> counts = new TreeMap<>(Map.of(
                "inserted", applied.inserted(),
                "updated", applied.updated(),
                "deleted", applied.deleted(),
                "rows", rows,
                "kept", plan.kept()));
        String reason = plan.changes() == 0
                ? "nothing differs, " + Quantity.count(rows, "row")
                : Quantity.count(applied.inserted(), "row") + " inserted, "
                        + Quantity.count(applied.updated(), "updated", "updated")
                        + ", " + Quantity.count(applied.deleted(), "deleted", "deleted") + ", of "
                        + Quantity.count(rows, "row");
        return new RunEnd(RunStatus.COMPLETE, reason, counts, List.of(), warnings);
    }
}
