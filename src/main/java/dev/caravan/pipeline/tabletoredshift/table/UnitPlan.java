package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.base.Quantity;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.work.run.RunText;
import java.util.List;

/**
 * What a unit of a run is: a table of the source, or several that are read as they were at one moment.
 *
 * @param schema of the one; empty if there are several
 * @param table the one; empty if there are several
 * @param full whether all rows are taken, whatever the sync's mode is
 * @param together several; empty if there is one
 */
public record UnitPlan(String schema, String table, boolean full, List<TableId> together) {
    private static final int MOST_NAMES = 3;

    public UnitPlan {
        together = together == null ? List.of() : List.copyOf(together); // an earlier version's has none
    }

    /** @param full whether all rows are taken, whatever the sync's mode is */
    public static UnitPlan of(TableId table, boolean full) {
        return new UnitPlan(table.schema(), table.name(), full, List.of());
    }

    /** As it was at one moment. */
    public static UnitPlan together(List<TableId> tables, boolean full) {
        return tables.size() == 1 ? of(tables.get(0), full) : new UnitPlan("", "", full, tables);
    }

    public static UnitPlan of(String plan) {
        return RunText.read(plan, UnitPlan.class);
    }

    /** In the order in which they are read. */
    public List<TableId> tables() {
        return together.isEmpty() ? List.of(new TableId(schema, table)) : together;
    }

    /** Its tables, for people; of many, the first. */
    public String inWords() {
        List<String> names =
                tables().stream().limit(MOST_NAMES).map(TableId::toString).toList();
        int more = tables().size() - names.size();
        return String.join(", ", names)
                + (more == 0 ? "" : " and " + Quantity.count(more, "more table", "more tables"));
    }

    /** Why it can't be synced; of several tables, that it is all of them. */
    public String fault(String reason) {
        return together.isEmpty()
                ? reason
                : reason + ". None of " + Quantity.count(together.size(), "table")
                        + " was loaded, for they are read as they" + " were at one moment (snapshot: sync)";
    }

    public String text() {
        return RunText.write(this);
    }
}
