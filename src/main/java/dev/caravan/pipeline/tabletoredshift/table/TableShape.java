package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.sync.ColumnChoice;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.target.Layout;
import dev.caravan.pipeline.tabletoredshift.target.TargetTable;
import dev.caravan.pipeline.tabletoredshift.type.ColumnMapping;
import dev.caravan.pipeline.tabletoredshift.type.MappedTable;
import dev.caravan.pipeline.tabletoredshift.type.TextExpression;
import dev.caravan.pipeline.tabletoredshift.type.TypeMapping;
import dev.caravan.redshift.target.ClusterNames;
import dev.caravan.redshift.target.TableName;
import dev.caravan.redshift.target.WriteMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a sync makes of a table.
 *
 * @param source without the columns that are left out
 * @param columns how they are taken
 * @param target what it is in Redshift
 * @param keys in Redshift, of rows that are compared; else empty
 */
record TableShape(SourceTable source, List<ColumnMapping> columns, TargetTable target, List<String> keys) {
    TableShape {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
    }

    /**
     * Decides it.
     *
     * @param mode how rows are written in this run
     * @throws TableRefused with all that keeps the table from being synced
     */
    static TableShape of(TableSync sync, SourceTable table, WriteMode mode) throws TableRefused {
        ColumnChoice choice = sync.columns();
        List<String> faults = new ArrayList<>();
        choice.missing(table)
                .forEach(column -> faults.add(table.id() + " has no column " + column + ", which columns names"));
        SourceTable taken = choice.of(table);
        SourceTable asTheyAre = taken.with(taken.columns().stream()
                .filter(column -> !choice.instead().containsKey(column.name()))
                .toList());
        MappedTable mapped = TypeMapping.of(asTheyAre, sync.policies());
        faults.addAll(mapped.refusals());
        List<ColumnMapping> columns = taken.columns().stream()
                .flatMap(column -> {
                    String expression = choice.instead().get(column.name());
                    return expression == null
                            ? mapped.columns().stream().filter(one -> one.name().equals(column.name()))
                            : Stream.of(TextExpression.of(table.kind(), column.name(), expression));
                })
                .toList();
        if (columns.isEmpty() && faults.isEmpty()) {
            faults.add(table.id() + ": no column is left to take");
        }
        List<String> keys = keys(sync, taken, mode, columns, faults);
        faults.addAll(DeletedRows.faults(sync, table, mode));
        TableName name = TableName.of(sync.target(table.id())).orElseThrow();
        TargetTable target = TargetTable.of(
                name,
                taken,
                columns,
                new Layout(sync.distKey(), sync.sortKey(), sync.writeMode(false) == WriteMode.APPEND));
        faults.addAll(target.faults());
        if (!faults.isEmpty()) {
            throw new TableRefused(String.join(". ", faults));
        }
        return new TableShape(taken, columns, target, keys);
    }

    /** How its keys are taken, in their order. */
    List<ColumnMapping> keyColumns() {
        return keys.stream()
                .flatMap(key -> columns.stream()
                        .filter(column -> ClusterNames.folded(column.name()).equals(key)))
                .toList();
    }

    /** Its columns in Redshift, each with its type. */
    Map<String, String> columnsInRedshift() {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            all.put(target.columnNames().get(i), columns.get(i).redshiftType());
        }
        return all;
    }

    private static List<String> keys(
            TableSync sync, SourceTable table, WriteMode mode, List<ColumnMapping> columns, List<String> faults) {
        if (!mode.isMerge()) {
            return List.of();
        }
        List<String> keys = sync.keys().isEmpty() ? table.primaryKey() : sync.keys();
        List<String> names = columns.stream().map(ColumnMapping::name).toList();
        if (keys.isEmpty()) {
            faults.add(table.id() + " has no primary key by which rows could be compared: write keys, or writeMode:"
                    + " replace with mode: full");
        } else if (!names.containsAll(keys)) {
            faults.add(table.id() + ": of the keys " + String.join(", ", keys) + " not all are columns that are taken");
        }
        return keys.stream().map(ClusterNames::folded).toList();
    }
}
