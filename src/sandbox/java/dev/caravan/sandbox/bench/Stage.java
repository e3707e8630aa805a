package dev.caravan.sandbox.bench;

import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.bench.emulator.Emulators;
import dev.caravan.sandbox.run.Cleanup;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** What every run needs: the emulators, feeds with their tables, and the folder in which the product is started. */
final class Stage {
    final Emulators emulators;
    final List<BenchFeed> feeds;
    final Endings endings;
    private final BenchOptions options;
    private final Cleanup cleanup;
    private final PrintStream progress;

    /**
     * Sets it up; the cleanup takes it down.
     *
     * @param timeout seconds for which a batch's first file waits
     * @param faults rules that stand from the start
     */
    Stage(BenchOptions options, int timeout, Cleanup cleanup, PrintStream progress, String... faults) {
        this.options = options;
        this.cleanup = cleanup;
        this.progress = progress;
        feeds = IntStream.range(0, options.feeds)
                .mapToObj(number -> new BenchFeed(number, options.batchSize, timeout))
                .toList();
        say("Starting the emulators ...");
        emulators = cleanup.start(() -> Emulators.start(options.latency(), faults));
        new ClusterSql(emulators.environment())
                .run(feeds.stream().map(BenchFeed::createTable).toArray(String[]::new));
        endings = new Endings(emulators.sqs(), emulators.landing());
        Product.prepare(emulators.landing().bucket(), feeds);
    }

    /** Starts the product and returns when it is ready. */
    Product startProduct() {
        say("Starting Caravan ...");
        Product product = cleanup.start(() -> Product.start(emulators, options));
        await(
                () -> {
                    product.requireRunning();
                    return product.isReady();
                },
                "Caravan does not get ready; its log is in " + Product.FOLDER);
        return product;
    }

    /** Events of files of the stage's feeds. */
    Events events() {
        return new Events(
                emulators.sqs(),
                emulators.landing().queueUrl(),
                emulators.landing().bucket(),
                feeds,
                options.keyLength);
    }

    void say(String what) {
        progress.println(what);
    }

    void await(BooleanSupplier condition, String otherwise) {
        Waiting.until(
                () -> {
                    cleanup.requireOpen();
                    return condition.getAsBoolean();
                },
                Duration.ofMillis(100),
                otherwise);
    }
}
