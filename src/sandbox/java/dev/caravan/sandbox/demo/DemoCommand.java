package dev.caravan.sandbox.demo;

import dev.caravan.sandbox.demo.mirror.MirrorAct;
import dev.caravan.sandbox.demo.tables.TablesAct;
import dev.caravan.sandbox.run.CaravanProcess;
import dev.caravan.sandbox.run.Cleanup;
import dev.caravan.sandbox.run.Progress;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Runs the demo: its first act, files, its second, tables, or its third, a mirror.
 *
 * <p>Exit codes: 0 every uploaded row is in its table exactly once, or both sides of all tables are the same; 1 that isn't so or something doesn't start;
 * 2 the command line can't be understood.
 */
public final class DemoCommand {
    private static final int OK = 0, FAILED = 1, USAGE = 2;
    private static final String FILES = "demo", TABLES = "tables", MIRROR = "mirror";

    /** The options of each act. */
    private static final Map<String, List<String>> ACTS = Map.of(
            FILES, List.of("--keep", "--help"),
            TABLES, List.of("--postgres", "--keep", "--help"),
            MIRROR, List.of("--keep", "--help"));

    private final PrintStream out;
    private final PrintStream err;

    DemoCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Does what the arguments say; {@code --help} names them. */
    public static void main(String... arguments) {
        System.exit(new DemoCommand(System.out, System.err).run(arguments));
    }

    int run(String... arguments) {
        List<String> options = Arrays.asList(arguments);
        String act = options.stream().findFirst().filter(ACTS::containsKey).orElse(FILES);
        List<String> known = ACTS.getOrDefault(act, List.of());
        for (String option : act.equals(FILES) ? options : options.subList(1, options.size())) {
            if (!known.contains(option)) {
                err.println("Unknown option " + option + "; those of " + act + " are " + String.join(", ", known)
                        + ". The other acts: demo tables [--postgres], demo mirror.");
                return USAGE;
            }
        }
        if (options.contains("--help")) {
            out.print(HELP);
            return OK;
        }
        return play(
                options.contains("--keep"),
                switch (act) {
                    case TABLES -> tables(options.contains("--postgres"));
                    case MIRROR -> this::mirror;
                    default -> this::files;
                });
    }

    private interface Act {
        Ended run(Cleanup cleanup, Progress progress);
    }

    /** An act that came to its end, and has told of it. */
    private record Ended(CaravanProcess caravan, boolean good, String waysIn) {}

    private int play(boolean keep, Act act) {
        Progress progress = new Progress(out, Progress.isTerminal());
        try (Cleanup cleanup = new Cleanup()) {
            Runtime.getRuntime().addShutdownHook(new Thread(cleanup::close, "stop-demo"));
            try {
                Ended ended = act.run(cleanup, progress);
                if (keep) {
                    out.println(ended.waysIn());
                    ended.caravan().join();
                    ended.caravan().requireRunning();
                }
                return ended.good() ? OK : FAILED;
            } catch (RuntimeException | InterruptedException e) {
                if (!cleanup.isClosed()) { // else somebody stopped the demo, and anything may have failed
                    progress.interrupted();
                    err.println(e.getMessage() == null ? "The demo failed: " + e : e.getMessage());
                }
                return FAILED;
            }
        }
    }

    private Ended files(Cleanup cleanup, Progress progress) {
        Demo.Result result = new Demo(cleanup, progress).run();
        tell(
                result.report(),
                result.faults(),
                "Every one of the %,d uploaded rows is in its table exactly once (all rows and columns were compared)."
                        .formatted(result.rows()));
        out.println(
                "The second act, tables of a real database that come to Redshift while they change: ./caravan demo tables");
        out.println("The third, a table of Redshift that stands in PostgreSQL: ./caravan demo mirror");
        return new Ended(result.caravan(), result.faults().isEmpty(), WaysIn.of(result));
    }

    private Act tables(boolean postgres) {
        return (cleanup, progress) -> {
            TablesAct.Result result = new TablesAct(cleanup, progress, postgres).run();
            tell(
                    result.report(),
                    result.faults(),
                    "Both sides are the same (caravan verify sync compared every value of every row).");
            return new Ended(result.caravan(), result.faults().isEmpty(), WaysIn.of(result));
        };
    }

    private Ended mirror(Cleanup cleanup, Progress progress) {
        MirrorAct.Result result = new MirrorAct(cleanup, progress).run();
        List<String> faults = result.verdict().faults();
        tell(
                result.verdict().report(),
                faults,
                "Both sides were the same after each night (every value of every row was compared), and the accident"
                        + " stayed in Redshift.");
        return new Ended(result.caravan(), faults.isEmpty(), WaysIn.of(result));
    }

    private void tell(String report, List<String> faults, String success) {
        out.println();
        out.print(report);
        out.println();
        if (faults.isEmpty()) {
            out.println(success);
        } else {
            faults.forEach(fault -> out.println("FAILED: " + fault));
        }
    }

    private static final String HELP = """
            Usage: caravan demo [OPTION]...
                   caravan demo tables [OPTION]...
                   caravan demo mirror [OPTION]...
            Loads real sample files through Caravan into a sandbox on this machine, and checks that every row arrived exactly once.
            Its second act, tables, syncs the tables of a shop in a real database that changes meanwhile, and compares both sides.
            Its third act, mirror, keeps a table of Redshift in an application's PostgreSQL for some nights, and compares both sides after each.
            Nothing reaches AWS or costs money. The first takes half a minute on a fast machine and gives up after two, as the third does,
            the second twice that.

              --postgres   (tables) the shop is in PostgreSQL; otherwise it is in MariaDB, where that runs: on Linux on x86-64
              --keep       leave everything up until Ctrl-C, and say how to look at it
              --help       this text
            """;
}
