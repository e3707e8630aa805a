package dev.caravan.cli.syncs;

import dev.caravan.base.Quantity;
import dev.caravan.pipeline.tabletoredshift.table.TablePlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a run would do, for a person. */
final class PlanText {
    private PlanText() {}

    /** @param together what is to be said of all of them */
    static String of(List<TablePlan> plans, List<String> together) {
        List<String> lines = new ArrayList<>();
        for (TablePlan plan : plans) {
            if (!plan.fault().isEmpty()) {
                lines.add(plan.table() + " can't be synced: " + plan.fault());
                lines.add("");
                continue;
            }
            lines.add(plan.table() + " -> " + plan.target() + ", " + plan.mode()
                    + (plan.keys().isEmpty() ? "" : " by " + String.join(", ", plan.keys())));
            lines.add("  rows: " + (plan.where().isEmpty() ? "all" : "where " + plan.where()));
            if (!plan.deletes().isEmpty()) {
                lines.add("  deletes: " + plan.deletes());
            }
            if (plan.bytes() >= 0) {
                lines.add("  size in the source, about: "
                        + (plan.rows() < 0 ? "" : Quantity.count(plan.rows(), "row") + ", ")
                        + Quantity.inBytes(plan.bytes()));
            }
            lines.add("  columns: "
                    + plan.columns().entrySet().stream()
                            .map(column -> column.getKey() + " " + column.getValue())
                            .collect(Collectors.joining(", ")));
            plan.statements()
                    .forEach((cluster, statements) ->
                            statements.forEach(sql -> lines.add("  in " + cluster + ": " + sql)));
            plan.warnings().forEach(warning -> lines.add("  mind: " + warning));
            lines.add("");
        }
        if (!together.isEmpty()) {
            lines.addAll(together);
            lines.add("");
        }
        lines.add("Nothing was changed. Without --plan it runs");
        return String.join("\n", lines);
    }
}
