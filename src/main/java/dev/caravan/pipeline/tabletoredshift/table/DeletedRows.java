package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.base.Quantity;
import dev.caravan.pipeline.tabletoredshift.extract.Extracted;
import dev.caravan.pipeline.tabletoredshift.source.SourceColumn;
import dev.caravan.pipeline.tabletoredshift.source.SourceKind;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.redshift.target.WriteMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What becomes of rows that the source has deleted, or calls deleted. */
final class DeletedRows {
    private static final String ALIVE = "caravan_alive";

    private DeletedRows() {}

    /** All rows that a sync takes and that aren't deleted: a condition in the source's SQL; may be empty. */
    static String all(TableSync sync, SourceKind kind) {
        return RowsWanted.both(sync.where(), sync.deletes().isSoft() ? alive(sync, kind) : "");
    }

    /** Of a soft deletion: rows that are there. */
    static String alive(TableSync sync, SourceKind kind) {
        return kind.identifier(sync.deletes().column()) + " IS NULL";
    }

    /**
     * Of a soft deletion: rows that aren't. By other keys than the primary one there may be a row beside them that is there and has the same key, whether it has
     * changed or not: then that key isn't gone.
     */
    static String gone(TableSync sync, SourceTable table) {
        SourceKind kind = table.kind();
        String gone = kind.identifier(sync.deletes().column()) + " IS NOT NULL";
        boolean hasPrimaryKey = !table.primaryKey().isEmpty() && sync.keys().containsAll(table.primaryKey());
        if (sync.keys().isEmpty() || hasPrimaryKey) {
            return gone;
        }
        String same = sync.keys().stream().map(key -> same(kind, table, key)).collect(Collectors.joining(" AND "));
        return gone + " AND NOT EXISTS (SELECT 1 FROM " + kind.identifier(table.id()) + " " + kind.identifier(ALIVE)
                + " WHERE " + same + " AND " + all(sync, kind) + "\n)";
    }

    /** Byte by byte, as Redshift compares: MySQL's collations take more for equal. */
    private static String same(SourceKind kind, SourceTable table, String key) {
        String one = kind.identifier(ALIVE) + "." + kind.identifier(key);
        String other = kind.identifier(table.id()) + "." + kind.identifier(key);
        String equal = one + " = " + other;
        return kind == SourceKind.MYSQL
                ? equal + " AND CAST(" + one + " AS BINARY) = CAST(" + other + " AS BINARY)"
                : equal;
    }

    /** Why deleted rows of a table can't be told. */
    static List<String> faults(TableSync sync, SourceTable table, WriteMode mode) {
        List<String> faults = new ArrayList<>();
        if (sync.deletes().isSoft()) {
            String name = sync.deletes().column();
            Optional<SourceColumn> column = column(table, name);
            if (column.isEmpty()) {
                faults.add(table.id() + " has no column " + name + ", which deletes names");
            } else if (!column.get().nullable()) {
                faults.add(table.id() + ": column " + name + " is never NULL, so that deletes would take all rows for"
                        + " deleted. Name one that is NULL in rows that aren't");
            }
        }
        if (sync.deletes().any() && mode.isMerge()) {
            for (String key : sync.keys().isEmpty() ? table.primaryKey() : sync.keys()) {
                if (sync.columns().instead().containsKey(key)) {
                    faults.add(table.id() + ": columns makes something else of key " + key
                            + ", by which deletes compares rows. Take it as it is, or write other keys");
                } else if (column(table, key).filter(SourceColumn::nullable).isPresent()) {
                    faults.add(table.id() + ": key " + key + " may be NULL, and deletes can't tell such rows apart."
                            + " Make it NOT NULL, or write other keys");
                }
            }
        }
        return faults;
    }

    /** @throws TableRefused if a policy has changed a key, so that it stands for another row or for none */
    static void check(SourceTable table, Extracted keys) throws TableRefused {
        if (!keys.changes().isEmpty()) {
            Extracted.Changed changed = keys.changes().get(0);
            throw new TableRefused(table.id() + ": " + Quantity.count(changed.values(), "value") + " of key "
                    + changed.column() + " would be changed ("
                    + changed.policy().written()
                    + "), and deletes compares rows by it. Correct them in the source, or take deletes out");
        }
    }

    /** What a run does about deleted rows, for people; empty if nothing. */
    static String inWords(TableSync sync, List<String> keys, WriteMode mode) {
        if (!sync.deletes().any()) {
            return "";
        }
        String most = "at most " + sync.maxDeletes() + " % of the table (maxDeletes)";
        if (mode == WriteMode.REPLACE) {
            return sync.deletes().isSoft()
                    ? "rows whose " + sync.deletes().column() + " isn't NULL are left out"
                    : "all rows are replaced";
        }
        return sync.deletes().isSoft()
                ? "changed rows whose " + sync.deletes().column() + " isn't NULL go, " + most
                : "the keys (" + String.join(", ", keys) + ") of all rows are read, and rows with others go, " + most;
    }

    private static Optional<SourceColumn> column(SourceTable table, String name) {
        return table.columns().stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
