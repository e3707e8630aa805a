package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.pipeline.tabletoredshift.extract.Selection;
import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.source.SourceCatalog;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.sync.SyncMode;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.watermark.WatermarkCheck;
import dev.caravan.redshift.target.WriteMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the source alone says of a table of a sync, without reading it and without a cluster.
 *
 * @param faults why a run would fail with it, with what to do
 * @param warnings what a person should know
 */
public record TableCheck(List<String> faults, List<String> warnings) {
    private static final Set<String> SNAPSHOTTED = Set.of("InnoDB", "heap", "");

    /** insufficient_privilege in PostgreSQL. */
    private static final String NOT_ALLOWED = "42501";
    /** ER_TABLEACCESS_DENIED_ERROR and ER_COLUMNACCESS_DENIED_ERROR in MySQL and MariaDB. */
    private static final Set<Integer> DENIED = Set.of(1142, 1143);

    public TableCheck {
        faults = List.copyOf(faults);
        warnings = List.copyOf(warnings);
    }

    /**
     * Looks at a table as the sync's usual run would take it.
     *
     * @throws SQLException if the source doesn't answer
     */
    public static TableCheck of(TableSync sync, Snapshot snapshot, TableId id) throws SQLException {
        SourceCatalog catalog = snapshot.catalog(sync.statement());
        Optional<SourceTable> found;
        try {
            found = catalog.table(id);
        } catch (SQLException e) {
            if (sync.statement().isEmpty()) {
                throw e;
            }
            return new TableCheck(List.of(String.valueOf(e.getMessage())), List.of());
        }
        if (found.isEmpty()) {
            return new TableCheck(List.of(id + " can't be read by the source's user"), List.of());
        }
        SourceTable table = found.get();
        List<String> faults = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        WriteMode mode = sync.writeMode(false);
        if (sync.mode() == SyncMode.INCREMENTAL) {
            WatermarkCheck check = WatermarkCheck.of(
                    catalog, table, sync.watermark().orElseThrow(), mode != WriteMode.APPEND, sync.watermarkZone());
            faults.addAll(check.refusals());
            warnings.addAll(check.warnings());
        } else {
            unsnapshotted(table).ifPresent(warnings::add);
        }
        try {
            TableShape shape = TableShape.of(sync, table, mode);
            snapshot.refusal(new Selection(shape.source(), shape.columns(), sync.where()))
                    .map(refusal -> id + ": " + inWords(refusal, table, catalog))
                    .ifPresent(faults::add);
        } catch (TableRefused e) {
            faults.add(String.valueOf(e.getMessage()));
        }
        return new TableCheck(faults, warnings);
    }

    /** What follows from the engine of a table that has no snapshots; empty for others. */
    static Optional<String> unsnapshotted(SourceTable table) {
        return SNAPSHOTTED.contains(table.engine())
                ? Optional.empty()
                : Optional.of(table.id() + " is kept by " + table.engine()
                        + ", which has no snapshots: what changes while it is read may come or not");
    }

    private static String inWords(SQLException refusal, SourceTable table, SourceCatalog catalog) {
        String name = table.kind().identifier(table.id());
        boolean hides = NOT_ALLOWED.equals(refusal.getSQLState());
        if (hides && catalogHidesRows(catalog, table.id())) {
            return "row-level security hides rows from the source's user, which would be missing in Redshift: give it"
                    + " BYPASSRLS (ALTER ROLE … BYPASSRLS), or take another user";
        }
        if (table.statement().isEmpty() && (hides || DENIED.contains(refusal.getErrorCode()))) {
            return refusal.getMessage() + ": GRANT SELECT ON " + name + " to the source's user"
                    + (hides
                            ? ", and USAGE ON SCHEMA "
                                    + table.kind().identifier(table.id().schema())
                            : "");
        }
        return "the source refuses to read it: " + refusal.getMessage() + ". Look at the sync's columns and where";
    }

    private static boolean catalogHidesRows(SourceCatalog catalog, TableId id) {
        try {
            return catalog.hidesRows(id);
        } catch (SQLException e) {
            return false; // then the refusal is told as it is
        }
    }
}
