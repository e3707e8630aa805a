package dev.caravan.pipeline.tabletoredshift.run;

import dev.caravan.base.Nearest;
import dev.caravan.database.Databases;
import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.Unit;
import dev.caravan.pipeline.tabletoredshift.pace.SourceBusy;
import dev.caravan.pipeline.tabletoredshift.pace.SourceLoad;
import dev.caravan.pipeline.tabletoredshift.source.SourceCatalog;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.sync.SnapshotOf;
import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.table.TableRefused;
import dev.caravan.pipeline.tabletoredshift.table.UnitPlan;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lists the tables of a run. */
final class Planning {
    private final Syncs syncs;
    private final Databases sources;

    Planning(Syncs syncs, Databases sources) {
        this.syncs = syncs;
        this.sources = sources;
    }

    /**
     * A unit for each table, or one for all of them.
     *
     * @throws SourceBusy if the source has too much to do now
     */
    List<Unit> units(TableSync sync, Run run) throws SourceBusy, SQLException, TableRefused {
        if (!sync.stopAbove().isNothing()) {
            try (SourceLoad load = new SourceLoad(() -> sources.connect(sync.source()), sync.stopAbove())) {
                var unused = load.require();
            }
        }
        RunOptions options = RunOptions.of(run.plan());
        List<TableId> tables = tables(sync, options);
        List<UnitPlan> plans = sync.snapshotOf() == SnapshotOf.SYNC
                ? List.of(UnitPlan.together(tables, options.full()))
                : tables.stream()
                        .map(table -> UnitPlan.of(table, options.full()))
                        .toList();
        List<Unit> units = new ArrayList<>();
        for (UnitPlan plan : plans) {
            units.add(Unit.planned(run, String.format(Locale.ROOT, "%05d", units.size() + 1), plan.text()));
        }
        return units;
    }

    /**
     * The tables that a run takes.
     *
     * @throws TableRefused if there is none, or the run was asked for one that isn't the sync's
     */
    List<TableId> tables(TableSync sync, RunOptions options) throws SQLException, TableRefused {
        List<TableId> readable =
                sync.statement().isPresent() ? List.of(sync.statement().get().id()) : readable(sync);
        List<TableId> taken = syncs.taken(sync, readable);
        if (!options.tables().isEmpty()) {
            List<String> names = taken.stream().map(TableId::toString).toList();
            List<String> wrong = options.tables().stream()
                    .distinct()
                    .filter(table -> !names.contains(table))
                    .map(table -> refusal(sync, table, readable, names))
                    .toList();
            if (!wrong.isEmpty()) {
                throw new TableRefused(String.join("; ", wrong));
            }
            return taken.stream()
                    .filter(table -> options.tables().contains(table.toString()))
                    .toList();
        }
        if (taken.isEmpty()) {
            throw new TableRefused(sync.inWords() + " takes no table: source " + sync.source()
                    + " has none that its tables ("
                    + sync.patterns() + ") name and the source's user may read, or other syncs take them");
        }
        return taken;
    }

    /** Why a sync doesn't take a table that it was asked for. */
    private String refusal(TableSync sync, String asked, List<TableId> readable, List<String> taken) {
        String words = sync.inWords() + " takes no table " + asked + ": ";
        Optional<TableId> there = readable.stream()
                .filter(table -> table.toString().equals(asked))
                .findFirst();
        return there.isPresent()
                ? words
                        + syncs.taker(sync.source(), there.get())
                                .map(other -> other.inWords() + " takes it")
                                .orElse("its tables (" + sync.patterns() + ") don't name it")
                : words
                        + Nearest.hint(asked, taken)
                                .orElse("source " + sync.source() + " has none of that name that its user may read");
    }

    private List<TableId> readable(TableSync sync) throws SQLException {
        try (Connection connection = sources.connect(sync.source())) {
            return SourceCatalog.of(connection).tables();
        } catch (SQLException e) {
            throw new SQLException("source " + sync.source() + ": " + e.getMessage(), e.getSQLState(), e);
        }
    }
}
