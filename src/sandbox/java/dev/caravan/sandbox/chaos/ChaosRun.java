package dev.caravan.sandbox.chaos;

import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.SandboxOptions;
import dev.caravan.sandbox.chaos.check.Clusters;
import dev.caravan.sandbox.chaos.check.FileCheck;
import dev.caravan.sandbox.chaos.check.Finding;
import dev.caravan.sandbox.chaos.check.HoldCheck;
import dev.caravan.sandbox.chaos.check.LedgerSnapshot;
import dev.caravan.sandbox.chaos.check.LedgerView;
import dev.caravan.sandbox.chaos.check.MergeCheck;
import dev.caravan.sandbox.chaos.check.OverwriteCheck;
import dev.caravan.sandbox.chaos.check.Queues;
import dev.caravan.sandbox.chaos.check.StuckCheck;
import dev.caravan.sandbox.chaos.check.Tally;
import dev.caravan.sandbox.chaos.check.Told;
import dev.caravan.sandbox.chaos.plan.ChaosFeed;
import dev.caravan.sandbox.chaos.plan.Ingredient;
import dev.caravan.sandbox.chaos.plan.Plan;
import dev.caravan.sandbox.chaos.plan.PlannedFile;
import dev.caravan.sandbox.chaos.plan.Trouble;
import dev.caravan.sandbox.chaos.tables.ChangingTables;
import dev.caravan.sandbox.chaos.tables.Minutes;
import dev.caravan.sandbox.faults.FaultRules;
import dev.caravan.sandbox.run.Cleanup;
import dev.caravan.sandbox.run.RunFailure;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** One run: sandbox, instances, files and trouble at the same time, peace, and the count. */
final class ChaosRun {
    /** Events are received again after every kill; an event must not go to the dead-letter queue for what happened to its receivers. */
    private static final int MAX_RECEIVES = 1000;

    /** Nor for refusals, which must not use up receives while they last; those that kills use up are fewer. */
    private static final int MAX_RECEIVES_WITH_REFUSALS = 20;

    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    /** From the preparation to the first trouble. */
    private static final Duration USUAL_START = Duration.ofSeconds(30);
    /** In which late doubles would show. Longer than a lease. */
    private static final Duration QUIET = Plan.LEASE.plusSeconds(1);

    private final Plan plan;
    private final PrintStream out;
    private final Cleanup cleanup;
    private final Clock clock = Clock.systemUTC();

    /** @param cleanup stops what this starts */
    ChaosRun(Plan plan, PrintStream out, Cleanup cleanup) {
        this.plan = plan;
        this.out = out;
        this.cleanup = cleanup;
    }

    /** Runs to the end. Throws {@link RunFailure} when it can't come to that. */
    Result run() {
        out.println("Starting the sandbox with two clusters, and %d instances of Caravan ..."
                .formatted(plan.options().instances()));
        Sandbox sandbox =
                cleanup.start(() -> Sandbox.start(SandboxOptions.anyPorts().withFaultyAws()));
        Landing landing = sandbox.landing(
                "chaos",
                plan.options().ingredients().contains(Ingredient.REFUSALS) ? MAX_RECEIVES_WITH_REFUSALS : MAX_RECEIVES);
        Clusters clusters = cleanup.start(() -> Clusters.start(sandbox));
        clusters.createTables(plan.feeds());
        Minutes minutes = Minutes.of(clock.instant(), plan.options().length().plus(USUAL_START));
        ChangingTables tables = tables(sandbox);
        Workplace.prepare(
                plan, landing, tables.settings(), tables.yaml(minutes, List.of(ChaosFeed.FIRST, ChaosFeed.SECOND)));
        Interferences.putJsonpaths(sandbox.s3(), landing);
        Map<String, String> environment = Workplace.environment(sandbox, landing, clusters);
        Instances instances =
                cleanup.start(() -> Instances.start(environment, plan.options().instances()));
        Instant latest = clock.instant().plus(LONGEST_START);
        await(() -> instances.allReady()
                || !instances.ended().isEmpty()
                || clock.instant().isAfter(latest));
        if (!instances.allReady()) {
            throw new RunFailure(
                    "Not all instances got ready within " + LONGEST_START.toSeconds() + " s. " + instances.endOfLogs());
        }

        UnreliableEvents events = cleanup.start(() -> new UnreliableEvents(
                sandbox.sqs(), landing, plan.options().seed(), plan.options().length()));
        sandbox.deliverEvents(landing.bucket(), events);
        Overwriter overwriter = cleanup.start(() -> new Overwriter(sandbox.s3(), landing.bucket(), clusters));
        sandbox.observe(overwriter);
        clusters.observeSecond(overwriter);
        Uploads uploads = cleanup.start(() -> new Uploads(sandbox.s3(), landing.bucket(), overwriter::uploaded));
        Operator operator = new Operator(environment);
        Map<String, FaultRules> places = clusters.faults(plan.options().seed());
        sandbox.awsFaults().seed(plan.options().seed());
        places.put(Trouble.Fault.AWS, sandbox.awsFaults());
        TroubleMaker trouble = cleanup.start(() -> new TroubleMaker(
                places,
                instances,
                Interferences.all(clusters, sandbox.s3(), landing, operator, uploads::files, tables::cutReaders)));
        LedgerView ledger = new LedgerView(sandbox.dynamoDb());
        Queues queues = new Queues(sandbox.sqs(), landing);
        ChaosProgress progress = new ChaosProgress(out, plan, uploads, instances, trouble);

        uploads.begin(plan);
        trouble.begin(plan);
        tables.begin();
        await(() -> {
            progress.tell(ledger.snapshot());
            return uploads.done() == plan.files().size() && progress.isTimeUp();
        });
        overwriter.finish();
        trouble.stop();
        int transactions = tables.stop();
        Instant peace = clock.instant();
        out.println("The trouble is over; now everything has to settle.");
        Runnable settle = () -> {
            Settling settling = new Settling(clock, plan.files(), landing.bucket());
            await(() -> {
                LedgerSnapshot now = ledger.snapshot();
                int waiting = queues.events() + events.outstanding();
                progress.tell(now);
                return settling.isOver(now, waiting) || settling.isHopeless(now, waiting);
            });
        };
        await(() -> tables.syncs().isEmpty() || clock.instant().isAfter(minutes.end()));
        tables.syncs().forEach(sync -> operator.give("sync", sync));
        settle.run();
        new Mending(operator, clusters, landing.bucket()).mend(plan, settle);
        Instant quiet = clock.instant().plus(QUIET);
        await(() -> clock.instant().isAfter(quiet));

        LedgerSnapshot end = ledger.snapshot();
        Told told = Told.of(sandbox.sqs(), landing);
        Tally tally = Tally.of(clusters, plan.feeds());
        List<Finding> findings =
                new ArrayList<>(new FileCheck(landing.bucket(), tally, end, told).findings(plan.files()));
        findings.addAll(
                new OverwriteCheck(landing.bucket(), tally, told, overwriter.loadedBefore()).findings(plan.files()));
        findings.addAll(MergeCheck.findings(clusters, plan.feeds(), plan.files(), landing.bucket()));
        findings.addAll(tables.findings(clusters, List.of(ChaosFeed.FIRST, ChaosFeed.SECOND)));
        findings.addAll(StuckCheck.findings(end, told, queues, landing));
        findings.addAll(HoldCheck.findings(told, plan.files(), landing.bucket(), peace));
        new Story(sandbox.dynamoDb()).write(Workplace.FOLDER.resolve("broken.txt"), findings);
        return new Result(
                uploads.done(),
                findings,
                instances.kills(),
                instances.freezes(),
                trouble.made(),
                done(uploads, overwriter, operator, transactions),
                instances.ended());
    }

    /** What was done to files, and by the operator. */
    private static Map<String, Integer> done(
            Uploads uploads, Overwriter overwriter, Operator operator, int transactions) {
        Map<String, Integer> done = new LinkedHashMap<>();
        if (transactions > 0) {
            done.put("transactions in tables", transactions);
        }
        uploads.files().stream()
                .filter(file -> file.kind() != PlannedFile.Kind.GOOD)
                .forEach(file -> done.merge(
                        "file " + file.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '), 1, Integer::sum));
        overwriter
                .made()
                .forEach((moment, count) -> done.put(
                        "overwritten " + moment.name().toLowerCase(Locale.ROOT).replace('_', ' '), count));
        operator.given().forEach((command, count) -> done.put("caravan " + command, count));
        return done;
    }

    private ChangingTables tables(Sandbox sandbox) {
        if (!plan.options().ingredients().contains(Ingredient.TABLES)) {
            return ChangingTables.none();
        }
        try {
            ChangingTables tables = ChangingTables.start(sandbox, plan.options().seed(), cleanup);
            return cleanup.start(() -> tables);
        } catch (IllegalStateException e) {
            cleanup.requireOpen();
            out.println("Without tables: " + e.getMessage());
            return ChangingTables.none();
        }
    }

    private void await(BooleanSupplier condition) {
        Awaitility.await()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(500))
                .forever()
                .until(() -> {
                    cleanup.requireOpen();
                    return condition.getAsBoolean();
                });
    }
}
