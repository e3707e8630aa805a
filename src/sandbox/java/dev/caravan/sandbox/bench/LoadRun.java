package dev.caravan.sandbox.bench;

import dev.caravan.sandbox.bench.count.Counted;
import dev.caravan.sandbox.bench.emulator.Emulators;
import dev.caravan.sandbox.run.Cleanup;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Many files at once, then some at a steady rate. COPY loads no rows. */
final class LoadRun {
    /** Longer than any run, so that batches are cut by their size alone, and by a flush at the end. */
    private static final int TIMEOUT_SECONDS = 86_400;

    private final BenchOptions options;
    private final Stage stage;
    private final Emulators emulators;
    private final List<Events> told = new ArrayList<>();
    private long expected;

    /** @param cleanup ends what is started */
    LoadRun(BenchOptions options, Cleanup cleanup, PrintStream progress) {
        this.options = options;
        stage = new Stage(options, TIMEOUT_SECONDS, cleanup, progress, "empty-copy forever");
        emulators = stage.emulators;
    }

    Figures run() {
        Figures figures = new Figures();
        double ceiling = options.ceiling ? new Ceiling(stage, options).filesPerSecond() : 0;
        Product product = stage.startProduct();
        if (options.warmUp > 0) {
            stage.say("Warming up with %,d files ...".formatted(options.warmUp));
            Filling.atOnce(events(), "warm-up", options.warmUp);
            awaitLoaded(product, options.warmUp);
        }
        double rate = atOnce(product, figures);
        if (options.ceiling) {
            figures.put("emulators' ceiling files/s", ceiling);
        }
        if (options.steadySeconds > 0) {
            steadily(product, rate / 2, figures);
        }
        HeapUse heap = product.heap();
        figures.put("peak heap MB", heap.peak());
        figures.put("heap after collections MB", heap.live());
        ManifestCheck check = ManifestCheck.of(
                emulators.s3(),
                stage.endings.batches(),
                told.stream().flatMap(events -> events.urls().stream()).toList());
        figures.put("lost", check.lost());
        figures.put("doubled", check.doubled());
        return figures;
    }

    /** The product stands still while the queue is filled, so that it finds all there. */
    private double atOnce(Product product, Figures figures) {
        stage.say("Filling the queue with %,d events ...".formatted(options.files));
        product.pause();
        stage.await(() -> emulators.counts().receiving() == 0, "Caravan's last calls to the queue don't end");
        Filling.atOnce(events(), "load", options.files);
        emulators.reset();
        stage.say("Measuring ...");
        Duration cpu = product.cpu();
        long began = micros();
        product.resume();
        awaitDurable(product, options.files);
        long durable = emulators.acks().values().stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(began);
        awaitLoaded(product, options.files);
        long loaded = micros();
        Duration spent = product.cpu().minus(cpu);
        double rate = options.files / ((durable - began) / 1e6);
        figures.put("files/s", rate);
        figures.put("files/s to loaded", options.files / ((loaded - began) / 1e6));
        new Costs(new Counted(emulators.counts().calls()), options.files).into(figures, options.steps);
        figures.put("CPU ms a file", spent.toNanos() / 1e6 / options.files);
        if (options.jfr) {
            figures.put("recordings", product.recordings().toString());
        }
        return rate;
    }

    /** From an event's sending to its deletion from the queue, which comes after its file is in the ledger. */
    private void steadily(Product product, double rate, Figures figures) {
        stage.say("%d s at %s files/s ...".formatted(options.steadySeconds, Figures.number(rate)));
        emulators.reset();
        Events events = events();
        int files = Filling.steadily(events, "steady", rate, Duration.ofSeconds(options.steadySeconds));
        awaitDurable(product, files);
        Map<String, Long> acks = emulators.acks();
        Percentiles latencies = new Percentiles(events.sent().entrySet().stream()
                .filter(sent -> acks.containsKey(sent.getKey()))
                .map(sent -> (acks.getOrDefault(sent.getKey(), 0L) - sent.getValue()) / 1e3)
                .toList());
        awaitLoaded(product, files);
        figures.put("latency at files/s", rate);
        figures.put("latency p50 ms", latencies.median());
        figures.put("latency p95 ms", latencies.at(95));
        figures.put("latency p99 ms", latencies.at(99));
    }

    private Events events() {
        Events events = stage.events();
        told.add(events);
        return events;
    }

    private void awaitDurable(Product product, int files) {
        stage.await(
                () -> {
                    product.requireRunning();
                    return emulators.counts().acked() >= files;
                },
                "Not every file came to the ledger");
    }

    /** Waits until full batches are loaded, has the others flushed, and waits for those. Instances may each have a batch of their own that isn't full. */
    private void awaitLoaded(Product product, int more) {
        expected += more;
        int ofEach = more / stage.feeds.size();
        int inFull = stage.feeds.size() * (ofEach - ofEach % options.batchSize);
        long full = options.instances > 1 ? 0 : expected - (more - inFull);
        awaitDurable(product, more);
        stage.await(() -> stage.endings.files() >= full, "Not every batch was loaded");
        if (inFull < more || options.instances > 1) {
            stage.feeds.forEach(product::flush);
        }
        stage.await(() -> stage.endings.files() >= expected, "Not every batch was loaded");
    }

    private static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }
}
