package dev.caravan.pipeline.tabletoredshift.target;

import dev.caravan.base.Quantity;
import dev.caravan.base.Shown;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.type.ColumnMapping;
import dev.caravan.redshift.copy.SqlText;
import dev.caravan.redshift.target.ClusterNames;
import dev.caravan.redshift.target.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table as it is to be in Redshift.
 *
 * @param name schema and table, folded
 * @param columns in their order
 * @param primaryKey columns that tell rows apart, for which Redshift's planner takes our word; empty if nobody can give it
 * @param distKey empty for DISTSTYLE AUTO
 * @param sortKey empty for none
 * @param faults a sentence for each; a table that has one isn't made
 */
public record TargetTable(
        TableName name,
        List<TargetColumn> columns,
        List<String> primaryKey,
        Optional<String> distKey,
        List<String> sortKey,
        List<String> faults) {
    private static final int MOST_COLUMNS = 1_600, MOST_SORTED = 400;

    public TargetTable {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
        sortKey = List.copyOf(sortKey);
        faults = List.copyOf(faults);
    }

    /**
     * Lays out a table.
     *
     * @param selected those of its columns that are taken
     */
    public static TargetTable of(TableName name, SourceTable source, List<ColumnMapping> selected, Layout layout) {
        List<TargetColumn> columns = selected.stream().map(TargetColumn::of).toList();
        List<String> names = columns.stream().map(TargetColumn::name).toList();
        List<String> faults = new ArrayList<>(TargetNames.columnFaults(
                source.id(), selected.stream().map(ColumnMapping::name).toList()));
        if (columns.size() > MOST_COLUMNS) {
            faults.add(Shown.line(source.id() + " has " + Quantity.count(columns.size(), "column") + ", and a table in"
                    + " Redshift has " + Quantity.count(MOST_COLUMNS, "column")
                    + " at most. Leave some out (columns: !…)"));
        }
        Stream.concat(
                        layout.distKey().stream().map(key -> keyFault(source, columns, "distKey", key)),
                        layout.sortKey().stream().map(key -> keyFault(source, columns, "sortKey", key)))
                .flatMap(Optional::stream)
                .forEach(faults::add);
        List<String> key = folded(source.primaryKey());
        boolean whole = !key.isEmpty() && names.containsAll(key);
        boolean never = columns.stream().noneMatch(column -> key.contains(column.name()) && column.nullable());
        boolean usable =
                whole && columns.stream().allMatch(column -> !key.contains(column.name()) || column.canBeKey());
        Optional<String> byKey = usable && key.size() == 1 ? Optional.of(key.get(0)) : Optional.empty();
        List<String> sorted = layout.sortKey().isEmpty() && usable ? key : folded(layout.sortKey());
        if (sorted.size() > MOST_SORTED) {
            faults.add(Shown.line(source.id() + ": sortKey has " + Quantity.count(sorted.size(), "column")
                    + ", and Redshift sorts by " + MOST_SORTED + " at most"));
        }
        return new TargetTable(
                name,
                columns,
                usable && never && !layout.rowsRepeat() ? key : List.of(),
                layout.distKey().map(ClusterNames::folded).or(() -> byKey),
                sorted,
                faults);
    }

    /** To be given before the table's own; an account that may not make schemas needs none if it is there. */
    public Optional<String> createSchema() {
        List<String> parts = name.parts();
        return parts.size() == 1
                ? Optional.empty()
                : Optional.of("CREATE SCHEMA IF NOT EXISTS " + SqlText.identifier(parts.get(0)));
    }

    /** One statement. */
    public String createTable() {
        String key = primaryKey.isEmpty() ? "" : ", PRIMARY KEY (" + SqlText.identifiers(primaryKey, ", ") + ")";
        return "CREATE TABLE IF NOT EXISTS " + quoted() + " ("
                + columns.stream().map(TargetColumn::sql).collect(Collectors.joining(", ")) + key + ")"
                + distKey.map(column -> " DISTSTYLE KEY DISTKEY (" + SqlText.identifier(column) + ")")
                        .orElse(" DISTSTYLE AUTO")
                + (sortKey.isEmpty() ? "" : " SORTKEY (" + SqlText.identifiers(sortKey, ", ") + ")");
    }

    /** Names of its columns, for COPY: a column that was added later stands elsewhere in the table. */
    public List<String> columnNames() {
        return columns.stream().map(TargetColumn::name).toList();
    }

    String quoted() {
        return SqlText.identifiers(name.parts(), ".");
    }

    private static Optional<String> keyFault(SourceTable source, List<TargetColumn> columns, String what, String key) {
        Optional<TargetColumn> there = columns.stream()
                .filter(column -> column.name().equals(ClusterNames.folded(key)))
                .findFirst();
        String sentence = there.isEmpty()
                ? "names " + key + ", and no column that is taken is called so: they are "
                        + columns.stream().map(TargetColumn::name).collect(Collectors.joining(", "))
                : there.get().canBeKey()
                        ? ""
                        : "names " + key + ", which is " + there.get().type()
                                + ": by that type rows can't be distributed or sorted. Name another column";
        return sentence.isEmpty()
                ? Optional.empty()
                : Optional.of(Shown.line(source.id() + ": " + what + " " + sentence));
    }

    private static List<String> folded(List<String> names) {
        return names.stream().map(ClusterNames::folded).toList();
    }
}
