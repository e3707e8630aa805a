package dev.caravan.cli.mirrors;

import dev.caravan.base.Quantity;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.redshifttopostgres.run.PlannedDifference;
import java.util.ArrayList;
import java.util.List;

/** What a run would do, for a person. */
final class DifferenceText {
    private DifferenceText() {}

    static String of(TableMirror mirror, PlannedDifference plan) {
        List<String> lines = new ArrayList<>();
        String table = String.join(".", mirror.targetTable());
        lines.add(mirror.from() + " in " + mirror.source() + " -> " + table + " in " + mirror.target());
        lines.add("  the target holds: "
                + (plan.held().isEmpty()
                        ? "nothing of this mirror yet"
                        : "snapshot " + plan.held() + ", " + Quantity.count(plan.rows(), "row")));
        if (plan.rebase()) {
            lines.add("  both sides are compared anew: keys and hashes come from the target");
        }
        plan.missing().forEach((column, type) -> lines.add("  would be added: column " + column + " " + type));
        lines.add("  insert: " + rows(plan.inserts(), plan.samples().getOrDefault("insert", List.of())));
        lines.add("  update: " + rows(plan.updates(), plan.samples().getOrDefault("update", List.of())));
        lines.add("  delete: " + rows(plan.deletes(), plan.samples().getOrDefault("delete", List.of())));
        if (plan.kept() > 0) {
            lines.add("  stay, as nobody knows whether they were mirrored: " + Quantity.count(plan.kept(), "row"));
        }
        plan.warnings().forEach(warning -> lines.add("  mind: " + warning));
        lines.add("");
        lines.add(
                plan.refusal().isEmpty()
                        ? "Nothing was changed in the target. Without --plan it runs"
                        : "It would be refused: " + plan.refusal());
        return String.join("\n", lines);
    }

    /** {@code 2 rows, such as id=3; id=5}. */
    static String rows(long number, List<String> samples) {
        return Quantity.count(number, "row") + (samples.isEmpty() ? "" : ", such as " + String.join("; ", samples));
    }
}
