package dev.caravan.pipeline.tabletoredshift.run;

import dev.caravan.pipeline.tabletoredshift.source.TableId;

/**
 * What a unit of a run is: a table of the source.
 *
 * @param full whether all of its rows are taken, whatever the sync's mode is
 */
record UnitPlan(String schema, String table, boolean full) {
    static UnitPlan of(String plan) {
        return Json.read(plan, UnitPlan.class);
    }

    TableId id() {
        return new TableId(schema, table);
    }

    String text() {
        return Json.write(this);
    }
}
