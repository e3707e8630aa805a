package dev.caravan.cli.mirrors;

import dev.caravan.cli.runs.RunSummary;
import dev.caravan.cli.shell.Page;
import dev.caravan.cli.shell.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All about a mirror.
 *
 * @param properties as they are in force
 * @param holds what the target says
 * @param runs its newest runs, newest first
 */
record MirrorDescription(
        MirrorSummary mirror, Map<String, String> properties, HeldByTarget holds, List<RunSummary> runs) {

    String text(Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add("Mirror " + mirror.mirror() + (mirror.paused() ? ", paused" : ""));
        properties.forEach((name, value) -> lines.add("  " + name + ": " + value));
        lines.add("");
        lines.add("The target holds: " + holds.text(now));
        Instant fresh = mirror.fresh();
        if (fresh != null) {
            lines.add("It is as the source was at " + Page.timeAndAge(fresh, now) + ", or a little later");
        }
        lines.add("");
        if (runs.isEmpty()) {
            lines.add("It has not run yet: caravan mirror " + mirror.mirror() + " runs it now");
        } else {
            lines.addAll(new Table(
                            List.of("RUN", "PLANNED", "STATUS", "INSERTED", "UPDATED", "DELETED", "ROWS", "NOTE"),
                            runs.stream().map(run -> row(run, now)).toList())
                    .lines());
        }
        return String.join("\n", lines);
    }

    private static List<String> row(RunSummary run, Instant now) {
        return List.of(
                run.run(),
                Page.age(run.planned(), now) + " ago",
                run.state(),
                run.count("inserted"),
                run.count("updated"),
                run.count("deleted"),
                run.count("rows"),
                run.remark());
    }
}
