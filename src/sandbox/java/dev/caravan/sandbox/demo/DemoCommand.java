package dev.caravan.sandbox.demo;

import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.Service;
import dev.caravan.sandbox.demo.tables.ShopInstallation;
import dev.caravan.sandbox.demo.tables.TablesAct;
import dev.caravan.sandbox.run.CaravanProcess;
import dev.caravan.sandbox.run.Cleanup;
import dev.caravan.sandbox.run.Progress;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs the demo: its first act, files, or its second, tables.
 *
 * <p>Exit codes: 0 every uploaded row is in its table exactly once, or both sides of all tables are the same; 1 that isn't so or something doesn't start;
 * 2 the command line can't be understood.
 */
public final class DemoCommand {
    private static final int OK = 0, FAILED = 1, USAGE = 2;

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
        boolean tables = options.stream().findFirst().filter("tables"::equals).isPresent();
        List<String> known = tables ? List.of("tables", "--postgres", "--keep", "--help") : List.of("--keep", "--help");
        for (String option : options) {
            if (!known.contains(option)) {
                err.println(
                        tables
                                ? "Unknown option " + option
                                        + "; those of the second act are --postgres, --keep and --help."
                                : "Unknown option " + option
                                        + "; the options are --keep and --help, and the second act is tables.");
                return USAGE;
            }
        }
        if (options.contains("--help")) {
            out.print(HELP);
            return OK;
        }
        return play(options.contains("--keep"), tables ? tables(options.contains("--postgres")) : this::files);
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
        return new Ended(result.caravan(), result.faults().isEmpty(), waysIn(result));
    }

    private Act tables(boolean postgres) {
        return (cleanup, progress) -> {
            TablesAct.Result result = new TablesAct(cleanup, progress, postgres).run();
            tell(
                    result.report(),
                    result.faults(),
                    "Both sides are the same (caravan verify sync compared every value of every row).");
            return new Ended(result.caravan(), result.faults().isEmpty(), waysIn(result));
        };
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

    private static String waysIn(Demo.Result result) {
        return waysIn(
                result.sandbox(),
                result.caravan(),
                "SELECT origin, COUNT(*) FROM flights GROUP BY 1 ORDER BY 2 DESC LIMIT 5",
                "or, to load a file:         aws --endpoint-url \"$AWS_ENDPOINT_URL_S3\" s3 cp FILE.csv s3://"
                        + result.sandbox().landing().bucket() + "/weather/",
                Demo.LOG);
    }

    private static String waysIn(TablesAct.Result result) {
        return waysIn(
                result.sandbox(),
                result.caravan(),
                "SELECT status, COUNT(*), SUM(total) FROM shop.orders GROUP BY 1",
                "or, a command of Caravan's: cd " + ShopInstallation.FOLDER
                        + " && java -jar ../caravan.jar describe sync shop-orders",
                ShopInstallation.LOG);
    }

    private static String waysIn(Sandbox sandbox, CaravanProcess caravan, String query, String more, Path log) {
        String ports = Arrays.stream(Service.values())
                .map(s -> s.option() + " " + sandbox.options().port(s))
                .collect(Collectors.joining(" "));
        return """

                Everything stays up.

                  Hawtio     %s
                  psql, AWS  in another terminal, first: eval "$(./caravan sandbox --env %s)"
                             then for example:           psql -c '%s'
                             %s
                  Log        %s

                To stop: press Ctrl-C. Nothing is left behind.""".formatted(caravan.hawtio(), ports, query, more, log);
    }

    private static final String HELP = """
            Usage: caravan demo [OPTION]...
                   caravan demo tables [OPTION]...
            Loads real sample files through Caravan into a sandbox on this machine, and checks that every row arrived exactly once.
            Its second act, tables, syncs the tables of a shop in a real database that changes meanwhile, and compares both sides.
            Nothing reaches AWS or costs money. The first takes half a minute on a fast machine and gives up after two, the second twice that.

              --postgres   (tables) the shop is in PostgreSQL; otherwise it is in MariaDB, where that runs: on Linux on x86-64
              --keep       leave everything up until Ctrl-C, and say how to look at it
              --help       this text
            """;
}
