package dev.caravan.sandbox.bench;

import dev.caravan.sandbox.bench.count.Counted;
import dev.caravan.sandbox.run.Cleanup;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Nothing to do: what Caravan asks all the same. Each feed has had a file before. */
final class IdleRun {
    private static final int TIMEOUT_SECONDS = 1;
    private static final Duration CALM_DOWN = Duration.ofSeconds(15);

    private final Duration length;
    private final Stage stage;

    /** @param length how long it is watched */
    IdleRun(BenchOptions options, Duration length, Cleanup cleanup, PrintStream progress) {
        this.length = length;
        stage = new Stage(options, TIMEOUT_SECONDS, cleanup, progress, "empty-copy forever");
    }

    Figures run() {
        Product product = stage.startProduct();
        Filling.atOnce(stage.events(), "before", stage.feeds.size());
        stage.await(() -> stage.endings.files() >= stage.feeds.size(), "Not every batch was loaded");
        Waiting.pass(CALM_DOWN);
        stage.say("Watching for %d s ...".formatted(length.toSeconds()));
        Duration cpu = product.cpu();
        stage.emulators.reset();
        Waiting.pass(length);
        Counted counted = new Counted(stage.emulators.counts().calls());
        double minutes = length.toMillis() / 60_000.0;
        Figures figures = new Figures().put("feeds", stage.feeds.size());
        for (String service : new String[] {"DynamoDB", "SQS", "S3", "SNS"}) {
            figures.put(service + " calls a minute", counted.calls(service.toLowerCase(Locale.ROOT)) / minutes);
        }
        counted.bySteps()
                .forEach(call ->
                        figures.put("  %s, %s".formatted(call.step(), call.operation()), call.calls() / minutes));
        figures.put("WCU a minute", counted.writeUnits() / minutes);
        figures.put("RCU a minute", counted.readUnits() / minutes);
        figures.put("CPU ms a second", product.cpu().minus(cpu).toMillis() / (length.toMillis() / 1e3));
        return figures;
    }
}
