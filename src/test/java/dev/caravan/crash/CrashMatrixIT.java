package dev.caravan.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.crash.Case.KillPoint;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.SandboxOptions;
import dev.caravan.sandbox.run.CaravanProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The packaged process is killed at every step of a batch's life, before the step is done and after, and others finish what it
 * has begun. The steps are not written down here: they are those that a run without a kill is seen to make.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashMatrixIT {
    /**
     * Whether to kill after each step as well as before each. Between the end of a step and the beginning of the next nothing changes that
     * outlives the process, so that the one is nearly the other; {@code -Dcaravan.crash.all=true} makes sure.
     */
    private static final boolean ALL = Boolean.getBoolean("caravan.crash.all");

    /** When these come is the clock's business, not the batch's: only a scenario that asks for them is sure to have them. */
    private static final Set<String> BY_THE_CLOCK =
            Set.of("ledger renew", "ledger renewRun", "ledger renewUnit", "sqs ChangeMessageVisibility");

    /** What a person, a stop, another batch's load, or events in another order than S3's versions lead to, each a single write. */
    private static final Set<String> NOT_IN_A_BATCHES_LIFE = Set.of("reload", "loadAfterAll", "makeGood");

    /** What a person does, or a source or cluster that is away leads to: each a single write. */
    private static final Set<String> NOT_IN_A_RUNS_LIFE =
            Set.of("beginRun", "postponeRun", "postponeUnit", "noteRun", "noteUnit");

    /** Comes between SNS and the batch's end, which are both steps, and changes nothing that Caravan keeps. */
    private static final String WEBHOOK = "https";

    /** What a route's endpoint does, as it is observed. */
    private static final Map<String, String> STEP_OF_SCHEME = Map.of(
            "aws2-s3", "s3 PutObject",
            "aws2-sns", "sns Publish",
            "aws2-sqs", "sqs SendMessage",
            "jdbc", "redshift COPY");

    private final Sandbox sandbox = Sandbox.start(SandboxOptions.anyPorts().withFaultyAws());
    private final Trace trace = new Trace();
    private final List<Lane> lanes = List.of(new Lane(sandbox, trace, "a"), new Lane(sandbox, trace, "b"));
    private int cases;

    @AfterAll
    void stop() {
        sandbox.close();
    }

    @Test
    void killedAtAnyStep_everyRowIsLoadedOnceAndEveryBatchIsTold() {
        sandbox.observe(trace);
        Map<Scenario, List<Step>> steps = discover(lanes.get(0));
        assertNoStepIsForgotten(steps);

        List<Case> all = cases(steps);
        Map<Lane, List<Case>> shares = shares(all);
        List<Case> missed = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<Map<Case, String>>> endings = lanes.stream()
                .map(lane -> CompletableFuture.supplyAsync(
                        () -> endings(lane, shares.getOrDefault(lane, List.of()), missed)))
                .toList();
        Map<Case, String> wrong = new HashMap<>();
        endings.forEach(ending -> wrong.putAll(ending.join()));
        missed.forEach(each -> wrong.merge(each, "this point was not reached", (one, other) -> one + "; " + other));

        print(all, wrong);
        assertThat(wrong).isEmpty();
    }

    /** Every scenario once, without a kill: its steps. */
    private Map<Scenario, List<Step>> discover(Lane lane) {
        List<Case> alive = Arrays.stream(Scenario.values())
                .map(scenario -> Case.numbered(cases++, scenario, Optional.empty()))
                .toList();
        Endings endings = new Endings(sandbox, lane);
        endings.createTables(alive);
        lane.configure(alive);
        try (CaravanProcess process = lane.start()) {
            List<Case> first = alive.subList(0, 1); // alone, lest others' first use of the cluster gets in its way
            first.forEach(lane::begin);
            awaitEnd(endings, first, process);
            List<Case> together =
                    alive.stream().filter(each -> !each.scenario().isAlone()).toList();
            together.subList(1, together.size()).forEach(lane::begin);
            awaitEnd(endings, together, process);
            alive.stream().filter(each -> each.scenario().isAlone()).forEach(each -> {
                lane.begin(each);
                awaitEnd(endings, List.of(each), process);
            });
            assertThat(endings.wrong(alive)).isEmpty();
            assertThat(Shipped.idleRoutes(process))
                    .as("routes that no scenario reaches")
                    .isEmpty();
            archive(process).ifPresent(file -> lanes.forEach(each -> each.startFrom(file)));
        }
        return alive.stream()
                .collect(Collectors.toMap(
                        Case::scenario, trace::steps, (one, other) -> one, () -> new LinkedHashMap<>()));
    }

    private static void assertNoStepIsForgotten(Map<Scenario, List<Step>> steps) {
        Set<String> seen =
                steps.values().stream().flatMap(List::stream).map(Step::name).collect(Collectors.toSet());
        assertThat(seen.stream().filter(name -> name.startsWith("ledger ")).map(name -> name.substring(7)))
                .as("the ledger's writes that scenarios reach; add a scenario for each that none does")
                .containsExactlyInAnyOrderElementsOf(Shipped.ledgerWrites().stream()
                        .filter(write -> !NOT_IN_A_BATCHES_LIFE.contains(write) && !NOT_IN_A_RUNS_LIFE.contains(write))
                        .toList());
        assertThat(Shipped.endpointSchemes())
                .contains(WEBHOOK, "jdbc")
                .filteredOn(scheme -> !scheme.equals(WEBHOOK))
                .allSatisfy(scheme -> assertThat(seen)
                        .as("a scenario that reaches the routes' " + scheme)
                        .contains(STEP_OF_SCHEME.getOrDefault(scheme, "?")));
    }

    /** For each step that no scenario above has, and for each that a scenario wants again. */
    private List<Case> cases(Map<Scenario, List<Step>> steps) {
        Set<String> earlier = new HashSet<>(BY_THE_CLOCK);
        List<Case> all = new ArrayList<>();
        steps.forEach((scenario, of) -> {
            of.stream()
                    .filter(step -> !earlier.contains(step.name())
                            || (step.nth() == 1 && scenario.again().contains(step.name())))
                    .flatMap(step -> points(step, step.equals(of.get(of.size() - 1))))
                    .forEach(point -> all.add(Case.numbered(cases++, scenario, Optional.of(point))));
            of.forEach(step -> earlier.add(step.name()));
        });
        return all;
    }

    private static Stream<KillPoint> points(Step step, boolean isLast) {
        return Stream.of(new KillPoint(step, false), new KillPoint(step, true))
                .filter(point -> ALL || isLast || !point.after());
    }

    /** The first scenario's last: its late steps leave no event to come again half a minute later. */
    private Map<Lane, List<Case>> shares(List<Case> all) {
        Map<Lane, List<Case>> shares = new HashMap<>();
        List<Case> sorted = all.stream()
                .sorted(Comparator.comparing(Case::scenario).reversed())
                .toList();
        for (int i = 0; i < sorted.size(); i++) {
            shares.computeIfAbsent(lanes.get(i % lanes.size()), lane -> new ArrayList<>())
                    .add(sorted.get(i));
        }
        return shares;
    }

    private Map<Case, String> endings(Lane lane, List<Case> share, List<Case> missed) {
        Endings endings = new Endings(sandbox, lane);
        endings.createTables(share);
        lane.configure(share);
        try (CaravanProcess last = lane.run(share, missed)) {
            awaitEnd(endings, share, last);
            return endings.wrong(share);
        }
    }

    /** Waits until nothing more can happen; what doesn't end in time is told by what is wrong with it. */
    private static void awaitEnd(Endings endings, List<Case> cases, CaravanProcess process) {
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        await().atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(250))
                .until(() -> process.isReady()
                        && ((endings.isQuiet() && endings.wrong(cases).isEmpty()) || System.nanoTime() > patience));
    }

    /** What a process has loaded and linked so far, for the next ones to start from; empty if this JDK can't write it. */
    private static Optional<Path> archive(CaravanProcess process) {
        Path file = Path.of("target", "crash-matrix", "classes.jsa");
        try {
            Files.deleteIfExists(file);
            Process jcmd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(process.pid()),
                            "VM.cds",
                            "dynamic_dump",
                            file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean ended = jcmd.waitFor(1, TimeUnit.MINUTES);
            return ended && jcmd.exitValue() == 0 && Files.exists(file) ? Optional.of(file) : Optional.empty();
        } catch (IOException noJcmd) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @SuppressWarnings("SystemOut") // for whoever runs it
    private static void print(List<Case> all, Map<Case, String> wrong) {
        System.out.println("Killed at " + all.size() + " points:");
        all.forEach(each ->
                System.out.printf("  %-8s %-48s %s%n", each.name(), each.label(), wrong.getOrDefault(each, "right")));
    }
}
