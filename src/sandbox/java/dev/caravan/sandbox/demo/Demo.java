package dev.caravan.sandbox.demo;

import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.SandboxOptions;
import dev.caravan.sandbox.run.CaravanProcess;
import dev.caravan.sandbox.run.Cleanup;
import dev.caravan.sandbox.run.Progress;
import dev.caravan.sandbox.run.RunFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** One run: sandbox, tables, Caravan, files, waiting, checking. */
final class Demo {
    static final Path LOG = Path.of("target", "demo.log");

    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Cleanup cleanup;
    private final Progress progress;
    private final Instant began = Instant.now();

    /** @param cleanup stops what this starts */
    Demo(Cleanup cleanup, Progress progress) {
        this.cleanup = cleanup;
        this.progress = progress;
    }

    /** Runs to the end: every file loaded, or told as failed. Throws {@link RunFailure} when it can't come to that. */
    Result run() {
        progress.doing("Starting the sandbox ...");
        Sandbox sandbox = cleanup.start(() -> Sandbox.start(SandboxOptions.anyPorts()));
        progress.done("The sandbox is up" + after());

        progress.doing("Starting Caravan ...");
        CaravanProcess caravan = cleanup.start(() -> CaravanProcess.start(sandbox.environment(), LOG));
        Tables tables = cleanup.start(() -> Tables.connect(sandbox.environment()));
        tables.create();
        List<Sample> samples = Samples.all();
        await(caravan::isReady, () -> "Caravan didn't get ready. " + caravan.endOfLog());
        progress.done("Caravan is up: java -jar " + CaravanProcess.JAR + ", its log in " + LOG + after());

        Landing landing = sandbox.landing();
        int files = samples.stream().mapToInt(s -> s.files().size()).sum();
        Map<String, Instant> uploads = new Uploader(sandbox.s3(), landing.bucket()).upload(samples, count -> {
            cleanup.requireOpen();
            progress.doing("Uploading: %d of %d files".formatted(count, files));
        });
        progress.done("%d files are uploaded to s3://%s/%s".formatted(files, landing.bucket(), after()));

        Notifications notifications =
                new Notifications(sandbox.sqs(), List.of(landing.loadedQueueUrl(), landing.failedQueueUrl()));
        Loading loading = new Loading(samples, notifications, tables);
        await(
                () -> {
                    caravan.requireRunning();
                    boolean over = loading.isOver();
                    progress.doing(loading.soFar());
                    return over;
                },
                () -> "Not everything was loaded: " + loading.missing() + ". Caravan's log is " + LOG);
        progress.done((notifications.failed().findAny().isEmpty() ? "All loaded" : "Done, with failures") + after());

        Map<String, RowCheck> checks = new HashMap<>();
        List<String> faults = new ArrayList<>();
        for (Sample sample : samples) {
            RowCheck check = RowCheck.of(sample, tables.contents(sample));
            checks.put(sample.feed(), check);
            loading.faults(sample, check).forEach(faults::add);
        }
        String report = Report.of(samples, checks, uploads, notifications);
        long rows = samples.stream().mapToLong(Sample::rows).sum();
        return new Result(sandbox, caravan, report, rows, faults);
    }

    /**
     * How it ended.
     *
     * @param report for a person
     * @param rows that were uploaded
     * @param faults why it is no success; empty if every row is in its table exactly once
     */
    record Result(Sandbox sandbox, CaravanProcess caravan, String report, long rows, List<String> faults) {}

    private String after() {
        return " (%.1f s)".formatted(Duration.between(began, Instant.now()).toMillis() / 1e3);
    }

    private void await(BooleanSupplier condition, Supplier<String> otherwise) {
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(200))
                    .atMost(Duration.between(Instant.now(), began.plus(LONGEST)).plusMillis(200))
                    .until(() -> {
                        cleanup.requireOpen();
                        return condition.getAsBoolean();
                    });
        } catch (ConditionTimeoutException e) {
            throw new RunFailure(otherwise.get() + " (after " + LONGEST.toSeconds() + " s)");
        }
    }
}
