package dev.caravan.cli.syncs;

import dev.caravan.base.Quantity;
import dev.caravan.cli.runs.RunSummary;
import dev.caravan.cli.shell.Page;
import dev.caravan.cli.shell.Table;
import dev.caravan.pipeline.tabletoredshift.run.TableState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All about a sync.
 *
 * @param properties as they are in force
 * @param runs its newest runs, newest first
 * @param tables of the newest run
 */
record SyncDescription(
        SyncSummary sync, Map<String, String> properties, List<RunSummary> runs, List<TableState> tables) {

    String text(Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add("Sync " + sync.sync() + (sync.paused() ? ", paused" : ""));
        properties.forEach((name, value) -> lines.add("  " + name + ": " + value));
        lines.add("");
        if (runs.isEmpty()) {
            lines.add("It has not run yet: caravan sync " + sync.sync() + " runs it now");
        } else {
            lines.addAll(new Table(
                            List.of("RUN", "PLANNED", "STATUS", "TABLES", "ROWS", "DELETED", "NOTE"),
                            runs.stream().map(run -> row(run, now)).toList())
                    .lines());
        }
        if (!tables.isEmpty()) {
            lines.add("");
            lines.add("Tables of run " + runs.get(0).run() + ":");
            lines.addAll(new Table(
                            List.of("TABLE", "STATE", "ROWS", "DELETED", "SIZE", "ATTEMPT", "NOTE"),
                            tables.stream().map(SyncDescription::row).toList())
                    .lines());
        }
        return String.join("\n", lines);
    }

    private static List<String> row(RunSummary run, Instant now) {
        return List.of(
                run.run(),
                Page.age(run.planned(), now) + " ago",
                run.state(),
                run.count("tables"),
                run.count("rows"),
                number(run.counts().get("deleted")),
                run.remark());
    }

    private static String number(@Nullable Long count) {
        return count == null ? "-" : count.toString();
    }

    private static List<String> row(TableState table) {
        return List.of(
                table.table(),
                table.state(),
                Long.toString(table.rows()),
                number(table.deleted()),
                Quantity.inBytes(table.bytes()),
                Integer.toString(table.attempt()),
                String.join("; ", table.notes()));
    }
}
