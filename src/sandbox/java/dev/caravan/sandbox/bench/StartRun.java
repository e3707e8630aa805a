package dev.caravan.sandbox.bench;

import dev.caravan.sandbox.run.Cleanup;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

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
        stage.say("The first start, which creates the ledger's tables and, when it stops, the class-data archive ...");
        List<String> asGiven = List.copyOf(options.jvm);
        Path archive = Product.FOLDER.resolve("caravan.jsa").toAbsolutePath();
        options.jvm.addAll(List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:disable"));
        double unused = start(Product::stop);
        options.jvm = new ArrayList<>(asGiven);
        Percentiles plain = starts("without it");
        options.jvm.add("-XX:SharedArchiveFile=" + archive);
        Percentiles shared = starts("with it");
        return new Figures()
                .put("start to consuming median ms", shared.median())
                .put("without class-data archive median ms", plain.median())
                .put("of starts", TIMES);
    }

    private Percentiles starts(String how) {
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            stage.say("Start %d of %d %s ...".formatted(i + 1, TIMES, how));
            millis.add(start(Product::close));
        }
        return new Percentiles(millis);
    }

    private double start(Consumer<Product> end) {
        stage.emulators.reset();
        long began = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        try (Product product = Product.start(stage.emulators, options)) {
            stage.await(
                    () -> {
                        product.requireRunning();
                        return stage.emulators.counts().firstAsked() > 0;
                    },
                    "Caravan does not ask the queue for messages; its log is in " + Product.FOLDER);
            double millis = (stage.emulators.counts().firstAsked() - began) / 1e3;
            end.accept(product);
            return millis;
        }
    }
}
