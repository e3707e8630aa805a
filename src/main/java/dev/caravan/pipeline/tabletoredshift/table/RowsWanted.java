package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.source.SourceColumn;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.sync.SyncMode;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.watermark.Horizon;
import dev.caravan.pipeline.tabletoredshift.watermark.Increment;
import dev.caravan.pipeline.tabletoredshift.watermark.Watermark;
import dev.caravan.pipeline.tabletoredshift.watermark.WatermarkCheck;
import dev.caravan.redshift.target.WriteMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which rows a run takes of a table.
 *
 * @param where in the source's SQL; empty for all
 * @param keys of which rows the keys are read as well, in the source's SQL: of those that stay, or of those that go, as the sync's {@code deletes} has it;
 *     not present if of none
 * @param value what a cluster notes when it has them: the next run begins there
 * @param warnings what a person should know
 */
record RowsWanted(String where, Optional<String> keys, String value, List<String> warnings) {
    RowsWanted {
        warnings = List.copyOf(warnings);
    }

    /**
     * Decides it.
     *
     * @param full whether all rows are taken, whatever the sync's mode is
     * @param reached what the cluster has noted; empty if nothing yet
     * @throws TableRefused if the watermark can't say which rows have changed
     */
    static RowsWanted of(
            TableSync sync, SourceTable table, Snapshot snapshot, WriteMode mode, boolean full, String reached)
            throws SQLException, TableRefused {
        Horizon horizon = snapshot.horizon();
        if (sync.mode() == SyncMode.FULL) {
            return new RowsWanted(sync.where(), Optional.empty(), new Watermark(horizon.safe(), 0).format(), List.of());
        }
        String name = sync.watermark().orElseThrow();
        boolean merged = sync.writeMode(false) != WriteMode.APPEND;
        WatermarkCheck check =
                WatermarkCheck.of(snapshot.catalog(sync.statement()), table, name, merged, sync.watermarkZone());
        if (!check.refusals().isEmpty()) {
            throw new TableRefused(String.join(". ", check.refusals()));
        }
        List<String> warnings = new ArrayList<>(check.warnings());
        horizon.warnings().forEach(warning -> warnings.add(table.id() + ": " + warning));
        Increment increment = increment(sync, table, name, merged, horizon, full ? Optional.empty() : low(reached));
        boolean allRows = full && merged;
        String changed = both(sync.where(), allRows ? "" : increment.condition());
        boolean soft = sync.deletes().isSoft();
        return new RowsWanted(
                soft ? both(changed, DeletedRows.alive(sync, table.kind())) : changed,
                mode == WriteMode.REPLACE || !sync.deletes().any()
                        ? Optional.empty()
                        : Optional.of(soft ? both(changed, DeletedRows.gone(sync, table)) : sync.where()),
                increment.high().format(),
                warnings);
    }

    private static Optional<Watermark> low(String reached) throws TableRefused {
        try {
            return reached.isEmpty() ? Optional.empty() : Optional.of(Watermark.parse(reached));
        } catch (IllegalArgumentException e) {
            throw new TableRefused(String.valueOf(e.getMessage()));
        }
    }

    private static Increment increment(
            TableSync sync, SourceTable table, String name, boolean merged, Horizon horizon, Optional<Watermark> low) {
        SourceColumn column = table.columns().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        return merged
                ? Increment.merged(table.kind(), column, sync.watermarkZone(), low, horizon, sync.overlap())
                : Increment.appended(table.kind(), column, sync.watermarkZone(), low, horizon, sync.overlap());
    }

    static String both(String one, String other) {
        return Stream.of(one, other)
                .filter(condition -> !condition.isEmpty())
                .map(condition -> "(" + condition + ")")
                .collect(Collectors.joining(" AND "));
    }
}
