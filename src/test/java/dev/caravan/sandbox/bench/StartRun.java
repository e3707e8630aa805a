package dev.caravan.sandbox.bench;

import dev.caravan.sandbox.run.Cleanup;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** From {@code java -jar} to the first time that the queue is asked for messages. The ledger's tables are there. */
final class StartRun {
    private static final int TIMES = 5;

    private final BenchOptions options;
    private final Stage stage;

    StartRun(BenchOptions options, Cleanup cleanup, PrintStream progress) {
        this.options = options;
        stage = new Stage(options, 1, cleanup, progress);
    }

    Figures run() {
        double unused = start(); // creates the ledger's tables
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            stage.say("Start %d of %d ...".formatted(i + 1, TIMES));
            millis.add(start());
        }
        Percentiles starts = new Percentiles(millis);
        return new Figures()
                .put("start to consuming median ms", starts.median())
                .put("of starts", TIMES);
    }

    private double start() {
        stage.emulators.reset();
        long began = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        try (Product product = Product.start(stage.emulators, options)) {
            stage.await(
                    () -> {
                        product.requireRunning();
                        return stage.emulators.counts().firstAsked() > 0;
                    },
                    "Caravan does not ask the queue for messages; its log is in " + Product.FOLDER);
            return (stage.emulators.counts().firstAsked() - began) / 1e3;
        }
    }
}
