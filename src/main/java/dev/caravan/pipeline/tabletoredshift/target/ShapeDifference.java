package dev.caravan.pipeline.tabletoredshift.target;

import dev.caravan.base.Shown;
import dev.caravan.outcome.AddedColumn;
import dev.caravan.redshift.copy.SqlText;
import dev.caravan.redshift.target.TableName;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a cluster's table differs from what is to be loaded.
 *
 * @param isThere whether there is one; if not, nothing else is said
 * @param missing columns that can be added, in this order
 * @param statements that add them, each one a statement of its own
 * @param faults sentences for a person: as long as one holds, this table isn't loaded, and others are
 */
public record ShapeDifference(
        boolean isThere, List<AddedColumn> missing, List<String> statements, List<String> faults) {
    public ShapeDifference {
        missing = List.copyOf(missing);
        statements = List.copyOf(statements);
        faults = List.copyOf(faults);
    }

    /** Whether it can be loaded as it is. */
    public boolean isSame() {
        return isThere && missing.isEmpty() && faults.isEmpty();
    }

    /** Looks what a cluster has. */
    public static ShapeDifference of(Connection cluster, TargetTable wanted) throws SQLException {
        Optional<ExistingColumns> found = ExistingColumns.read(cluster, wanted.name());
        if (found.isEmpty()) {
            return new ShapeDifference(false, List.of(), List.of(), List.of());
        }
        ExistingColumns there = found.get();
        String table = wanted.name().text();
        if (!there.isTable()) {
            return new ShapeDifference(
                    true,
                    List.of(),
                    List.of(),
                    List.of(Shown.line(table + " is a view in Redshift, and rows are loaded into tables."
                            + " Give this source another table or schema")));
        }
        List<AddedColumn> missing = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (TargetColumn column : wanted.columns()) {
            there.find(column.name())
                    .ifPresentOrElse(
                            existing -> fault(wanted, column, existing).ifPresent(faults::add),
                            () -> missing.add(new AddedColumn(column.name(), column.type())));
        }
        there.columns().stream()
                .filter(column -> column.required() && column.filled().isEmpty())
                .filter(column -> wanted.columns().stream()
                        .noneMatch(other -> there.find(other.name()).equals(Optional.of(column))))
                .map(column -> Shown.line(table + ": column " + column.name()
                        + " is NOT NULL in Redshift, has no default, and the source doesn't bring it. Give it up: ALTER TABLE "
                        + wanted.quoted() + " DROP COLUMN " + SqlText.identifier(column.name())))
                .forEach(faults::add);
        return new ShapeDifference(
                true,
                missing,
                missing.stream()
                        .map(column -> "ALTER TABLE " + wanted.quoted() + " ADD COLUMN "
                                + SqlText.identifier(column.column()) + " " + column.type())
                        .toList(),
                faults);
    }

    private static Optional<String> fault(TargetTable wanted, TargetColumn column, ExistingColumns.Column there) {
        ColumnType type = ColumnType.of(column.type());
        String where = wanted.name().text() + ": column " + column.name();
        if (!there.type().takes(type)) {
            boolean widens =
                    there.type().name().equals("VARCHAR") && type.name().equals("VARCHAR");
            return Optional.of(Shown.line(where + " is " + there.type() + " in Redshift, which can't take every "
                    + type + " of the source. "
                    + (widens
                            ? "Widen it: ALTER TABLE " + wanted.quoted() + " ALTER COLUMN "
                                    + SqlText.identifier(there.name()) + " TYPE " + type
                            : anew(wanted))));
        }
        if (there.isIdentity()) {
            return Optional.of(Shown.line(where
                    + " numbers rows by IDENTITY in Redshift, and takes no value of the source. " + anew(wanted)));
        }
        return there.required() && column.nullable()
                ? Optional.of(Shown.line(where
                        + " is NOT NULL in Redshift, and may be NULL in the source or become it. " + anew(wanted)))
                : Optional.empty();
    }

    /** Redshift changes no other type in its place; a table put aside loses no row. */
    private static String anew(TargetTable wanted) {
        return "Put the table aside, and it is made and filled anew: ALTER TABLE " + wanted.quoted() + " RENAME TO "
                + SqlText.identifier(aside(wanted.name()));
    }

    private static String aside(TableName table) {
        String name = table.parts().get(table.parts().size() - 1);
        int end = name.length();
        while ((name.substring(0, end) + "_old").getBytes(StandardCharsets.UTF_8).length > TableName.LONGEST) {
            end = name.offsetByCodePoints(end, -1);
        }
        return name.substring(0, end) + "_old";
    }
}
