package dev.caravan.sandbox.demo;

import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.Service;
import dev.caravan.sandbox.run.Cleanup;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Runs the demo.
 *
 * <p>Exit codes: 0 every uploaded row is in its table exactly once, 1 it isn't or something doesn't start, 2 the command line can't be understood.
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
        for (String option : options) {
            if (!List.of("--keep", "--help").contains(option)) {
                err.println("Unknown option " + option + "; the options are --keep and --help.");
                return USAGE;
            }
        }
        if (options.contains("--help")) {
            out.print(HELP);
            return OK;
        }
        return demo(options.contains("--keep"));
    }

    private int demo(boolean keep) {
        Progress progress = new Progress(out, Progress.isTerminal());
        try (Cleanup cleanup = new Cleanup()) {
            Runtime.getRuntime().addShutdownHook(new Thread(cleanup::close, "stop-demo"));
            try {
                Demo.Result result = new Demo(cleanup, progress).run();
                tell(result);
                if (keep) {
                    out.println(waysIn(result));
                    result.caravan().join();
                    result.caravan().requireRunning();
                }
                return result.faults().isEmpty() ? OK : FAILED;
            } catch (RuntimeException | InterruptedException e) {
                if (!cleanup.isClosed()) { // else somebody stopped the demo, and anything may have failed
                    progress.interrupted();
                    err.println(e.getMessage() == null ? "The demo failed: " + e : e.getMessage());
                }
                return FAILED;
            }
        }
    }

    private void tell(Demo.Result result) {
        out.println();
        out.print(result.report());
        out.println();
        if (result.faults().isEmpty()) {
            out.println(
                    "Every one of the %,d uploaded rows is in its table exactly once (all rows and columns were compared)."
                            .formatted(result.rows()));
        } else {
            result.faults().forEach(fault -> out.println("FAILED: " + fault));
        }
    }

    private static String waysIn(Demo.Result result) {
        Sandbox sandbox = result.sandbox();
        String ports = Arrays.stream(Service.values())
                .map(s -> s.option() + " " + sandbox.options().port(s))
                .collect(Collectors.joining(" "));
        return """

                Everything stays up.

                  Hawtio     %s
                  psql, AWS  in another terminal, first: eval "$(./caravan sandbox --env %s)"
                             then for example:           psql -c 'SELECT origin, COUNT(*) FROM flights GROUP BY 1 ORDER BY 2 DESC LIMIT 5'
                             or, to load a file:         aws --endpoint-url "$AWS_ENDPOINT_URL_S3" s3 cp FILE.csv s3://%s/weather/
                  Log        %s

                To stop: press Ctrl-C. Nothing is left behind.""".formatted(result.caravan().hawtio(), ports, sandbox.landing().bucket(), Demo.LOG);
    }

    private static final String HELP = """
            Usage: caravan demo [OPTION]...
            Loads real sample files through Caravan into a sandbox on this machine, and checks that every row arrived exactly once.
            Nothing reaches AWS or costs money. Takes half a minute on a fast machine; gives up after two.

              --keep   leave everything up until Ctrl-C, and say how to look at it
              --help   this text
            """;
}
