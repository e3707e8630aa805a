package dev.caravan.pipeline.tabletoredshift.table;

import java.util.List;
import java.util.Map;

/**
 * What a run would do with a table.
 *
 * @param table in the source
 * @param target in Redshift; empty if the table can't be synced
 * @param mode how rows are written
 * @param keys by which rows are compared; none if they aren't
 * @param columns in Redshift, each with its type
 * @param where which rows are taken, in the source's SQL; empty for all
 * @param deletes what becomes of deleted rows, in words; empty if nothing
 * @param statements by cluster, what it would be made to execute before
 * @param rows about, by the source's statistics; -1 if it has none
 * @param bytes about, likewise
 * @param warnings what a person should know
 * @param fault why it can't be synced; may be empty
 */
public record TablePlan(
        String table,
        String target,
        String mode,
        List<String> keys,
        Map<String, String> columns,
        String where,
        String deletes,
        Map<String, List<String>> statements,
        long rows,
        long bytes,
        List<String> warnings,
        String fault) {
    static TablePlan refused(String table, String fault) {
        return new TablePlan(table, "", "", List.of(), Map.of(), "", "", Map.of(), -1, -1, List.of(), fault);
    }
}
