package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.base.Quantity;
import dev.caravan.pipeline.tabletoredshift.sync.SnapshotOf;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import java.util.ArrayList;
import java.util.List;

/** What a person should know of tables that a run would read as they were at one moment. */
public final class TogetherPlan {
    private TogetherPlan() {}

    /**
     * Sentences; none if each table is read for itself.
     *
     * @param full whether all rows would be taken, whatever the sync's mode is
     */
    public static List<String> of(TableSync sync, boolean full, List<TablePlan> plans) {
        if (sync.snapshotOf() != SnapshotOf.SYNC || plans.size() < 2) {
            return List.of();
        }
        List<String> sentences = new ArrayList<>();
        sentences.add("These " + Quantity.count(plans.size(), "table")
                + " are read one after the other, as they were at one moment (snapshot: sync). Until the last is read,"
                + " nobody can alter or truncate any of them. If one fails, none is loaded");
        plans.stream()
                .filter(plan -> !plan.fault().isEmpty())
                .forEach(plan -> sentences.add("None would be loaded, for " + plan.table() + " can't be synced"));
        if (sync.takesAll(full)) {
            long rows =
                    plans.stream().mapToLong(plan -> Math.max(0, plan.rows())).sum();
            PaceWarnings.together(sync, rows).ifPresent(sentences::add);
        }
        return sentences;
    }
}
