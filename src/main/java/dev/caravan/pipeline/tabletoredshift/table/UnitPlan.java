package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.pipeline.tabletoredshift.source.TableId;

/**
 * What a unit of a run is: a table of the source.
 *
 * @param full whether all of its rows are taken, whatever the sync's mode is
 */
public record UnitPlan(String schema, String table, boolean full) {
    public static UnitPlan of(String plan) {
        return Json.read(plan, UnitPlan.class);
    }

    public TableId id() {
        return new TableId(schema, table);
    }

    public String text() {
        return Json.write(this);
    }
}
