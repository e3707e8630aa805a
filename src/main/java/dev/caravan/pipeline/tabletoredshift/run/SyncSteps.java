package dev.caravan.pipeline.tabletoredshift.run;

import dev.caravan.base.Quantity;
import dev.caravan.batch.ExchangeProperties;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.Runs;
import dev.caravan.ledger.runs.Unit;
import dev.caravan.ledger.runs.Units;
import dev.caravan.pipeline.tabletoredshift.extract.ReadSoFar;
import dev.caravan.pipeline.tabletoredshift.extract.ValueRefused;
import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.table.SoFar;
import dev.caravan.pipeline.tabletoredshift.table.TableExtraction;
import dev.caravan.pipeline.tabletoredshift.table.TableRefused;
import dev.caravan.pipeline.tabletoredshift.table.UnitPlan;
import dev.caravan.pipeline.tabletoredshift.table.UnitResult;
import dev.caravan.tell.Announcement;
import dev.caravan.tell.TellSteps;
import dev.caravan.work.run.RunEnd;
import dev.caravan.work.run.RunMessage;
import dev.caravan.work.run.RunsHere;
import dev.caravan.work.run.StepFailure;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps of routes {@code sync}, {@code plan-sync}, {@code extract-table} and {@code finish-sync}. */
public final class SyncSteps {
    private static final Logger LOG = LoggerFactory.getLogger(SyncSteps.class);

    private static final String WORK = "syncWork", SYNC = "sync", UNIT = "unit", SO_FAR = "readSoFar", END = "runEnd";

    private final Syncs syncs;
    private final Runs runs;
    private final Units units;
    private final RunsHere here;
    private final DueWork due;
    private final Planning planning;
    private final TableExtraction extraction;
    private final SealedTables sealed;
    private final Finishing finishing;
    private final Postponing postponing;
    private final SyncMeters meters;
    private final Clock clock;

    SyncSteps(
            Syncs syncs,
            Runs runs,
            Units units,
            RunsHere here,
            DueWork due,
            Planning planning,
            TableExtraction extraction,
            SealedTables sealed,
            Finishing finishing,
            Postponing postponing,
            SyncMeters meters,
            Clock clock) {
        this.syncs = syncs;
        this.runs = runs;
        this.units = units;
        this.here = here;
        this.due = due;
        this.planning = planning;
        this.extraction = extraction;
        this.sealed = sealed;
        this.finishing = finishing;
        this.postponing = postponing;
        this.meters = meters;
        this.clock = clock;
    }

    /** What this instance can do for runs now. */
    public List<SyncWork> work() {
        return due.find();
    }

    /** Takes a piece of work: whatever becomes of it, it can be said again afterwards. Property {@code sync} is its sync. */
    public void begin(SyncWork work, Exchange exchange) {
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                here.end(work.key());
            }
        });
        exchange.setProperty(WORK, work);
        TableSync sync = syncs.named(work.run().name())
                .orElseThrow(
                        () -> new IllegalStateException("sync " + work.run().name() + " is not configured any more"));
        exchange.setProperty(SYNC, sync);
    }

    /** Lists the run's tables, and says in the ledger which they are. */
    public void plan(SyncWork work, Exchange exchange) throws IOException, SQLException, TableRefused {
        TableSync sync = sync(exchange);
        Run run = work.run();
        List<Unit> planned = planning.units(sync, run);
        units.plan(planned);
        String plan = RunOptions.of(run.plan()).planned(run.attempt()).text();
        here.own(runs.reach(run, SyncStages.EXTRACT, plan));
        int tables = planned.stream()
                .mapToInt(unit -> UnitPlan.of(unit.plan()).tables().size())
                .sum();
        LOG.info(
                "Run {} takes {}{}",
                run.id(),
                Quantity.count(tables, "table"),
                planned.size() < tables ? " as they are at one moment" : "");
    }

    /** Takes a table, unless another instance was faster; as body, and as property {@code unit}, its unit. */
    public void take(SyncWork work, Exchange exchange) {
        units.take(work.unit().orElseThrow()).ifPresent(unit -> {
            ReadSoFar soFar = new ReadSoFar();
            here.own(unit, () -> SoFar.text(soFar));
            exchange.setProperty(SO_FAR, soFar);
            exchange.setProperty(UNIT, unit);
            exchange.getMessage().setBody(unit);
        });
    }

    /** Whether the table is this instance's. */
    public boolean isTaken(Exchange exchange) {
        return exchange.getProperty(UNIT) != null;
    }

    /** Reads the table into parts; as body, its unit with what has come of it. */
    public Unit extract(Unit unit, Exchange exchange) throws IOException, SQLException {
        UnitResult result;
        try {
            ReadSoFar soFar = exchange.getProperty(SO_FAR, ReadSoFar.class);
            result = extraction.extract(sync(exchange), unit, exchange.getContext()::isStopping, soFar);
        } catch (TableRefused | ValueRefused e) {
            result = UnitResult.failed(UnitPlan.of(unit.plan()), StepFailure.inWords(e));
        }
        return note(unit, result, exchange);
    }

    private Unit note(Unit unit, UnitResult extracted, Exchange exchange) {
        UnitPlan plan = UnitPlan.of(unit.plan());
        Unit done = units.done(unit, extracted.text(plan));
        UnitResult result = UnitResult.of(done);
        exchange.setProperty(UNIT, done);
        here.release(unit.key());
        meters.tables(sync(exchange).name(), result);
        if (result.error().isEmpty()) {
            LOG.info(
                    "{} of run {} is extracted: {}, {}",
                    plan.inWords(),
                    unit.run(),
                    Quantity.count(result.rows(), "row"),
                    Quantity.inBytes(result.bytes()));
        } else {
            LOG.error("A table of run {} can't be synced: {}", unit.run(), result.error());
        }
        return done;
    }

    /** Has the table's parts loaded. */
    public void seal(Unit unit, Exchange exchange) throws Conflict {
        var unused = sealed.of(sync(exchange), unit);
    }

    /** Looks how far the run is. */
    public void follow(SyncWork work, Exchange exchange) throws Conflict {
        finishing.end(sync(exchange), work.run()).ifPresent(over -> exchange.setProperty(END, over));
    }

    /** The message that the run is over; the topic that hears of it becomes property {@code topic}. */
    public String message(Exchange exchange) {
        SyncWork work = exchange.getProperty(WORK, SyncWork.class);
        RunEnd end = exchange.getProperty(END, RunEnd.class);
        TableSync sync = sync(exchange);
        Announcement announcement = RunMessage.of(RunMessage.Of.SYNC, work.run(), end, clock.instant());
        (end.faults().isEmpty() ? sync.loadedTopic() : sync.failedTopic())
                .ifPresent(topic -> exchange.setProperty(ExchangeProperties.TOPIC, topic));
        return TellSteps.prepare(announcement, exchange);
    }

    /** Ends the run. */
    public void end(Exchange exchange) {
        SyncWork work = exchange.getProperty(WORK, SyncWork.class);
        RunEnd end = exchange.getProperty(END, RunEnd.class);
        finishing.end(sync(exchange), work.run(), end);
        meters.run(work.run().name(), end);
        here.release(work.run().id());
    }

    /** What failed is tried again later, by any instance; or it has failed for good, if it would again. */
    public void postpone(Exchange exchange) {
        SyncWork work = exchange.getProperty(WORK, SyncWork.class);
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (work == null) {
            LOG.warn("Nothing is done for syncs now, and is looked for again: {}", StepFailure.inWords(thrown));
            Optional.ofNullable(exchange.getMessage().getBody(SyncWork.class))
                    .map(SyncWork::key)
                    .ifPresent(here::end);
            return;
        }
        Optional<Unit> unit = Optional.ofNullable(exchange.getProperty(UNIT, Unit.class));
        postponing
                .postpone(work, unit.filter(taken -> !taken.isDone()), thrown)
                .ifPresent(end -> exchange.setProperty(END, end));
    }

    /** Whether the run is over, be it by a failure. */
    public boolean isOver(Exchange exchange) {
        return exchange.getProperty(END) != null;
    }

    private static TableSync sync(Exchange exchange) {
        return exchange.getProperty(SYNC, TableSync.class);
    }
}
