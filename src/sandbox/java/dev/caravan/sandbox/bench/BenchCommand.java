package dev.caravan.sandbox.bench;

import dev.caravan.sandbox.bench.mirror.DurablePostgres;
import dev.caravan.sandbox.bench.mirror.MirrorRun;
import dev.caravan.sandbox.bench.tables.TablesRun;
import dev.caravan.sandbox.run.Cleanup;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Measures Caravan on the sandbox.
 *
 * <p>Exit codes: 0 measured, and no file is lost or doubled; 1 one is, or it could not be measured; 2 the command line can't be understood.
 */
@Command(
        name = "caravan bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures the packaged Caravan on the sandbox, which runs in a process of its own.",
            "Without one of the last options: a queue full of events is worked off; COPY loads no rows."
        })
public final class BenchCommand implements Callable<Integer> {
    private final PrintStream out;
    private final PrintStream err;

    @Mixin
    private BenchOptions options = new BenchOptions();

    BenchCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Does what the arguments say; {@code --help} names them. */
    public static void main(String... arguments) {
        System.exit(new CommandLine(new BenchCommand(System.out, System.err)).execute(arguments));
    }

    @Override
    public Integer call() {
        try {
            if (options.what.micro) {
                new Runner(new OptionsBuilder()
                                .include("dev\\.caravan\\.sandbox\\.bench\\.micro\\..*")
                                .forks(1)
                                .warmupIterations(3)
                                .measurementIterations(5)
                                .build())
                        .run();
                return 0;
            }
            if (options.what.mirror) {
                out.print(mirror());
                return 0;
            }
            if (options.what.all) {
                return new AllRuns(out, err).run() ? 0 : 1;
            }
            Figures figures = measure(options, err);
            out.print(figures);
            return figures.isGood() ? 0 : 1;
        } catch (RunnerException | RuntimeException e) {
            err.println(e.getMessage() == null ? "The bench failed: " + e : e.getMessage());
            return 1;
        }
    }

    private String mirror() {
        try (Cleanup cleanup = new Cleanup()) {
            Runtime.getRuntime().addShutdownHook(new Thread(cleanup::close, "stop-bench"));
            err.println("Starting PostgreSQL ...");
            DurablePostgres database = cleanup.start(DurablePostgres::start);
            return new MirrorRun(database, options.rowsToChange(), options.changesOfRows(), options.times, err::println)
                    .run();
        }
    }

    /** Makes one run. */
    static Figures measure(BenchOptions options, PrintStream progress) {
        try (Cleanup cleanup = new Cleanup()) {
            Thread stop = new Thread(cleanup::close, "stop-bench");
            Runtime.getRuntime().addShutdownHook(stop);
            Figures figures = measure(options, cleanup, progress);
            Runtime.getRuntime().removeShutdownHook(stop);
            return figures;
        }
    }

    private static Figures measure(BenchOptions options, Cleanup cleanup, PrintStream progress) {
        if (options.what.tables) {
            Figures figures = new Figures();
            new TablesRun(options.rowsToRead(), options.times, cleanup, progress::println)
                    .run()
                    .forEach(figures::put);
            return figures;
        }
        if (options.what.start) {
            return new StartRun(options, cleanup, progress).run();
        }
        if (options.what.quiet) {
            return new QuietRun(options, cleanup, progress).run();
        }
        if (options.what.idleSeconds > 0) {
            return new IdleRun(options, Duration.ofSeconds(options.what.idleSeconds), cleanup, progress).run();
        }
        return new LoadRun(options, cleanup, progress).run();
    }
}
