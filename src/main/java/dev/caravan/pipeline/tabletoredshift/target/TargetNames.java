package dev.caravan.pipeline.tabletoredshift.target;

import dev.caravan.base.Shown;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.redshift.target.ClusterNames;
import dev.caravan.redshift.target.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What names of a source become in Redshift, which folds ASCII's letters to lower case, also in quotes, and has none above 127 bytes. */
public final class TargetNames {
    private TargetNames() {}

    /** The table that one of a source becomes. */
    public static TableName table(String schema, TableId table) {
        return new TableName(List.of(ClusterNames.folded(schema), ClusterNames.folded(table.name())));
    }

    /** A sentence for each table whose name can't be one there, or becomes the same as another's. All of them go into one schema. */
    public static List<String> faults(List<TableId> tables) {
        return faults(
                "",
                "table ",
                tables.stream().map(TableId::name).toList(),
                tables,
                "Leave one out, or give it another schema");
    }

    /** The same of a table's columns. */
    static List<String> columnFaults(TableId table, List<String> columns) {
        return faults(table + ": ", "column ", columns, columns, "Leave one out (columns: !…)");
    }

    private static List<String> faults(String where, String what, List<String> names, List<?> shown, String advice) {
        List<String> faults = new ArrayList<>();
        Map<String, String> taken = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String folded = ClusterNames.folded(names.get(i));
            String name = shown.get(i).toString();
            String unfit = ClusterNames.unfit(folded);
            String other = taken.putIfAbsent(folded, name);
            if (!unfit.isEmpty()) {
                faults.add(
                        Shown.line(where + what + name + " " + unfit + ". Leave it out, or rename it in the source"));
            } else if (other != null) {
                faults.add(Shown.line(where + what + name + " and " + what + other + " would both be " + folded
                        + " in Redshift, which doesn't tell capitals from small letters. " + advice));
            }
        }
        return faults;
    }
}
