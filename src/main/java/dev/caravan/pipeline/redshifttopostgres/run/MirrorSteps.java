package dev.caravan.pipeline.redshifttopostgres.run;

import dev.caravan.base.Quantity;
import dev.caravan.batch.ExchangeProperties;
import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.Runs;
import dev.caravan.pipeline.redshifttopostgres.mirror.Mirrors;
import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetRefused;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.Applied;
import dev.caravan.pipeline.redshifttopostgres.warehouse.DifferenceStatement;
import dev.caravan.pipeline.redshifttopostgres.warehouse.UnloadManifest;
import dev.caravan.redshift.copy.HiddenSecrets;
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
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.S3Client;

/** Steps of routes {@code mirror}, {@code run-mirror}, {@code compare}, {@code unload}, {@code apply} and {@code end-mirror}. */
public final class MirrorSteps {
    private static final Logger LOG = LoggerFactory.getLogger(MirrorSteps.class);

    private static final String MIRROR = "mirror",
            RUN = "run",
            STATEMENT = "difference",
            WARNINGS = "mirrorWarnings",
            END = "runEnd";

    private final Mirrors mirrors;
    private final Runs runs;
    private final RunsHere here;
    private final DueMirrors due;
    private final Preparation preparation;
    private final Comparing comparing;
    private final Applying applying;
    private final Tidying tidying;
    private final MirrorPostponing postponing;
    private final MirrorMeters meters;
    private final S3Client s3;
    private final HiddenSecrets secrets;
    private final Clock clock;

    MirrorSteps(MirrorRuns parts, RunsHere here) {
        mirrors = parts.mirrors();
        runs = parts.runs();
        this.here = here;
        due = parts.due(here);
        preparation = parts.preparation();
        comparing = parts.comparing();
        applying = parts.applying();
        tidying = parts.tidying();
        postponing = new MirrorPostponing(parts.runs(), here, parts.retryFor(), parts.clock());
        meters = parts.meters();
        s3 = parts.s3();
        secrets = parts.secrets();
        clock = parts.clock();
    }

    /** Runs that this instance goes on with now. */
    public List<MirrorWork> work() {
        return due.find();
    }

    /** Takes a run. Properties {@code mirror}, {@code run} and {@code cluster} are what it is about. */
    public void begin(MirrorWork work, Exchange exchange) {
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                here.end(work.key());
            }
        });
        exchange.setProperty(RUN, work.run());
        TableMirror mirror = mirrors.named(work.run().name())
                .orElseThrow(
                        () -> new IllegalStateException("mirror " + work.run().name() + " is not configured any more"));
        exchange.setProperty(MIRROR, mirror);
        exchange.setProperty(ExchangeProperties.CLUSTER, mirror.source());
    }

    /** Whether the run is at this stage, and isn't over. */
    public boolean isAt(String stage, Exchange exchange) {
        return run(exchange).stage().equals(stage) && !isOver(exchange);
    }

    /** Whether the difference is still to be made, and so on. */
    public boolean isToCompare(Exchange exchange) {
        return isAt(MirrorStages.COMPARE, exchange);
    }

    public boolean isToUnload(Exchange exchange) {
        return isAt(MirrorStages.UNLOAD, exchange);
    }

    public boolean isToApply(Exchange exchange) {
        return isAt(MirrorStages.APPLY, exchange);
    }

    /** Asks the target what it holds, and has a base made where there is none; as body, the SQL that makes the difference. */
    public String compare(Exchange exchange) throws SQLException, IOException, MirrorRefused, TargetRefused {
        Comparing.Compared compared = comparing.compare(
                mirror(exchange),
                run(exchange),
                plan -> {
                    reach(exchange, MirrorStages.COMPARE, plan);
                    return plan;
                },
                exchange.getContext()::isStopping);
        exchange.setProperty(STATEMENT, compared.statement());
        exchange.setProperty(WARNINGS, compared.warnings());
        return compared.sql();
    }

    /** The question how many rows differ. */
    public String askCounts(Exchange exchange) {
        MirrorPlan plan = plan(exchange);
        return statement(exchange).counts(plan.base(), plan.snapshot());
    }

    /** Lets the difference pass the guards; the body is the answer to {@link #askCounts}. */
    public void judge(List<Map<String, Object>> rows, Exchange exchange) throws MirrorRefused {
        Counts counts = Counts.of(rows);
        TableMirror mirror = mirror(exchange);
        MirrorPlan plan = plan(exchange).counted(counts);
        Optional<String> refusal = Guards.refusal(mirror, counts, plan.allowDeletes());
        if (refusal.isPresent()) {
            throw new MirrorRefused(refusal.get());
        }
        LOG.info(
                "Run {}: {} to insert, {} to update, {} to delete",
                run(exchange).id(),
                plan.inserts(),
                plan.updates(),
                plan.deletes());
        if (plan.changes() == 0 && plan.kept() == 0) {
            end(exchange, MirrorEnd.of(mirror, plan, Applied.NOTHING, warnings(exchange)));
        } else {
            reach(exchange, plan.changes() == 0 ? MirrorStages.APPLY : MirrorStages.UNLOAD, plan);
        }
    }

    /** As body, the SQL that writes the difference to S3; where to is noted before. */
    public String unload(Exchange exchange) throws SQLException, ColumnsChanged, MirrorRefused {
        TableMirror mirror = mirror(exchange);
        Preparation.Prepared prepared = prepared(exchange);
        Run run = run(exchange);
        MirrorPlan plan = plan(exchange).unloaded(plan(exchange).snapshot() + "/" + run.attempt());
        reach(exchange, MirrorStages.UNLOAD, plan);
        return comparing
                .statement(mirror, prepared)
                .unload(plan.snapshot(), Applying.folder(mirror, plan).url(), plan.marker(), mirror.access(), secrets);
    }

    /** Makes sure that the files have all rows of the difference. */
    public void unloaded(Exchange exchange) throws IOException, MirrorRefused {
        MirrorPlan plan = plan(exchange);
        UnloadManifest manifest = UnloadManifest.read(s3, Applying.folder(mirror(exchange), plan));
        if (manifest.rows() != plan.changes()) {
            throw new MirrorRefused(
                    "UNLOAD says in " + Applying.folder(mirror(exchange), plan).url() + "manifest that it has written "
                            + Quantity.count(manifest.rows(), "row") + ", and the difference has " + plan.changes()
                            + ". Nothing was changed. Run it again: caravan mirror "
                            + run(exchange).name());
        }
        reach(exchange, MirrorStages.APPLY, plan);
    }

    /** Has PostgreSQL take the difference. */
    public void apply(Exchange exchange)
            throws SQLException, IOException, ColumnsChanged, MirrorRefused, TargetRefused {
        TableMirror mirror = mirror(exchange);
        MirrorPlan plan = plan(exchange);
        Preparation.Prepared prepared = prepared(exchange);
        Applied applied = applying.apply(mirror, prepared, plan, exchange.getContext()::isStopping);
        end(exchange, MirrorEnd.of(mirror, plan, applied, prepared.warnings()));
    }

    /** What both databases say now; if that isn't what the difference is of, it is to be made anew. */
    private Preparation.Prepared prepared(Exchange exchange) throws SQLException, ColumnsChanged, MirrorRefused {
        Preparation.Prepared prepared = preparation.prepare(mirror(exchange));
        if (!prepared.signature().equals(plan(exchange).signature())) {
            reach(exchange, MirrorStages.COMPARE, plan(exchange).again());
            throw new ColumnsChanged(mirror(exchange));
        }
        return prepared;
    }

    private static void end(Exchange exchange, RunEnd end) {
        exchange.setProperty(END, end);
    }

    /** Whether the run is over, be it by a failure. */
    public boolean isOver(Exchange exchange) {
        return exchange.getProperty(END) != null;
    }

    /** What failed is tried again later, by any instance; or it has failed for good, if it would again. */
    public void postpone(Exchange exchange) {
        Throwable thrown = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        Run run = exchange.getProperty(RUN, Run.class);
        if (run == null) {
            LOG.warn("Nothing is done for mirrors now, and is looked for again: {}", StepFailure.inWords(thrown));
            Optional.ofNullable(exchange.getMessage().getBody(MirrorWork.class))
                    .map(MirrorWork::key)
                    .ifPresent(here::end);
            return;
        }
        exchange.removeProperty(END); // of whom nobody could be told
        postponing.postpone(run, thrown).ifPresent(end -> end(exchange, end));
    }

    /** The message that the run is over; the topic that hears of it becomes property {@code topic}. */
    public String message(Exchange exchange) {
        RunEnd end = exchange.getProperty(END, RunEnd.class);
        Announcement announcement = RunMessage.of(RunMessage.Of.MIRROR, run(exchange), end, clock.instant());
        TableMirror mirror = mirror(exchange);
        (end.faults().isEmpty() ? mirror.loadedTopic() : mirror.failedTopic())
                .ifPresent(topic -> exchange.setProperty(ExchangeProperties.TOPIC, topic));
        return TellSteps.prepare(announcement, exchange);
    }

    /** Ends the run; what it has left behind in Redshift and S3 goes before. */
    public void end(Exchange exchange) {
        Run run = run(exchange);
        RunEnd end = exchange.getProperty(END, RunEnd.class);
        try {
            tidying.tidy(mirror(exchange));
        } catch (SQLException e) {
            LOG.warn("What run {} has left behind stays until the next: {}", run.id(), StepFailure.inWords(e));
        }
        runs.end(run, end.status(), end.reason(), end.counts());
        meters.run(run, end, clock.instant());
        here.release(run.id());
        LOG.atLevel(end.faults().isEmpty() ? org.slf4j.event.Level.INFO : org.slf4j.event.Level.WARN)
                .log("Run {} ended {}: {}", run.id(), end.status().word(), end.reason());
    }

    private void reach(Exchange exchange, String stage, MirrorPlan plan) {
        Run reached = runs.reach(run(exchange), stage, plan.text());
        here.own(reached);
        exchange.setProperty(RUN, reached);
    }

    private DifferenceStatement statement(Exchange exchange) {
        return exchange.getProperty(STATEMENT, DifferenceStatement.class);
    }

    @SuppressWarnings("unchecked")
    private static List<String> warnings(Exchange exchange) {
        return exchange.getProperty(WARNINGS, List.of(), List.class);
    }

    private static Run run(Exchange exchange) {
        return exchange.getProperty(RUN, Run.class);
    }

    private static TableMirror mirror(Exchange exchange) {
        return exchange.getProperty(MIRROR, TableMirror.class);
    }

    private static MirrorPlan plan(Exchange exchange) {
        return MirrorPlan.of(run(exchange).plan());
    }
}
