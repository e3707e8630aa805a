package dev.caravan.pipeline.tabletoredshift.table;

import dev.caravan.database.Databases;
import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.ledger.runs.Unit;
import dev.caravan.ledger.runs.Units;
import dev.caravan.pipeline.tabletoredshift.extract.ReadSoFar;
import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.pace.Pace;
import dev.caravan.pipeline.tabletoredshift.pace.Paces;
import dev.caravan.pipeline.tabletoredshift.pace.Patience;
import dev.caravan.pipeline.tabletoredshift.pace.SourceBusy;
import dev.caravan.pipeline.tabletoredshift.pace.SourceLoad;
import dev.caravan.pipeline.tabletoredshift.pace.SourceWatch;
import dev.caravan.pipeline.tabletoredshift.parallel.Connections;
import dev.caravan.pipeline.tabletoredshift.parallel.Splitting;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.source.TableSize;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One reading of a table, or of several one after the other: how fast it may be, and until when it may take. Begins before its snapshot does, and ends after it. */
final class TableReading implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TableReading.class);
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Databases sources;
    private final TableSync sync;
    private final Unit unit;
    private final Units units;
    private final Clock clock;
    private final Instant until;
    private final ReadSoFar soFar;
    private final Pace pace;
    private final Optional<SourceWatch> watch;
    private final List<String> warnings;
    private Optional<Connections> connections = Optional.empty();

    private TableReading(
            Databases sources,
            TableSync sync,
            Unit unit,
            Units units,
            Clock clock,
            BooleanSupplier stopping,
            ReadSoFar soFar,
            Optional<SourceLoad> load,
            List<String> warnings) {
        this.sources = sources;
        this.sync = sync;
        this.unit = unit;
        this.units = units;
        this.clock = clock;
        this.soFar = soFar;
        this.warnings = List.copyOf(warnings);
        until = clock.instant().plus(sync.maxSnapshot());
        Patience patience = new Patience(stopping, this::mayWait, EVERY);
        watch = load.map(asked -> SourceWatch.begin(asked, EVERY, patience, this::told));
        pace = Paces.of(sync.maxRate(), watch, patience);
    }

    /**
     * Begins, if the source hasn't too much to do.
     *
     * @param stopping whether this instance stops
     * @param soFar how far it has come
     * @throws SourceBusy if it has
     */
    static TableReading begin(
            Databases sources,
            TableSync sync,
            Unit unit,
            Units units,
            Clock clock,
            BooleanSupplier stopping,
            ReadSoFar soFar)
            throws SourceBusy {
        if (sync.stopAbove().isNothing()) {
            return new TableReading(sources, sync, unit, units, clock, stopping, soFar, Optional.empty(), List.of());
        }
        SourceLoad load = new SourceLoad(() -> sources.connect(sync.source()), sync.stopAbove());
        List<String> denied = load.require().denied();
        return new TableReading(sources, sync, unit, units, clock, stopping, soFar, Optional.of(load), denied);
    }

    ReadSoFar soFar() {
        return soFar;
    }

    Pace pace() {
        return pace;
    }

    /**
     * The connections that read the table; this closes them.
     *
     * @param first by which nothing was read
     * @param table with all of its columns, also with those that aren't taken: a key among them cuts it all the same
     * @param full whether the run was told to take all rows
     */
    Connections connections(Snapshot first, SourceTable table, TableSize size, boolean full) throws SQLException {
        Splitting splitting = Splitting.of(table, size, sync.parallel(), sync.takesAll(full));
        Connections all = Connections.of(first, table, splitting, () -> sources.connect(sync.source()));
        connections = Optional.of(all);
        return all;
    }

    /** What the source wouldn't say. */
    List<String> warnings() {
        return warnings;
    }

    /**
     * Asked before each part.
     *
     * @throws SnapshotTooLong if the source has kept one moment of itself for long enough
     */
    void mayGoOn() throws SnapshotTooLong {
        if (clock.instant().isAfter(until)) {
            throw new SnapshotTooLong(UnitPlan.of(unit.plan()).inWords(), sync);
        }
        units.renew(unit, SoFar.text(soFar));
    }

    /** A ledger that is away for a moment ends no reading: what is read counts only when the ledger has noted it. */
    private void mayWait() throws SnapshotTooLong {
        try {
            mayGoOn();
        } catch (LedgerUnavailable e) {
            LOG.debug("Nobody knows whether unit {} is still this instance's: {}", unit.key(), e.getMessage());
        }
    }

    private void told(String reason) {
        LOG.info(
                "{} of run {} {}",
                UnitPlan.of(unit.plan()).inWords(),
                unit.run(),
                reason.isEmpty() ? "is read on" : "isn't read on: " + reason);
        units.note(unit, reason);
    }

    @Override
    public void close() throws SQLException {
        watch.ifPresent(SourceWatch::close);
        if (connections.isPresent()) {
            connections.get().close();
        }
    }
}
