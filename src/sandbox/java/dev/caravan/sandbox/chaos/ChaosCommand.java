package dev.caravan.sandbox.chaos;

import dev.caravan.sandbox.chaos.plan.ChaosOptions;
import dev.caravan.sandbox.chaos.plan.Plan;
import dev.caravan.sandbox.run.Cleanup;
import java.io.PrintStream;

/**
 * Runs Caravan in chaos.
 *
 * <p>Exit codes: 0 no file is lost, none is doubled and nothing is stuck; 1 something is, or the run can't be made; 2 the command line can't be
 * understood.
 */
public final class ChaosCommand {
    private static final int OK = 0, FAILED = 1, USAGE = 2;

    private final PrintStream out;
    private final PrintStream err;

    ChaosCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Does what the arguments say; {@code --help} names them. */
    public static void main(String... arguments) {
        System.exit(new ChaosCommand(System.out, System.err).run(arguments));
    }

    int run(String... arguments) {
        try {
            ChaosOptions options = ChaosOptions.parse(arguments);
            if (options.help()) {
                out.print(ChaosOptions.HELP);
                return OK;
            }
            return run(options);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            return USAGE;
        }
    }

    private int run(ChaosOptions options) {
        out.println("This run again: ./caravan chaos " + options);
        try (Cleanup cleanup = new Cleanup()) {
            Runtime.getRuntime().addShutdownHook(new Thread(cleanup::close, "stop-chaos"));
            try {
                Result result = new ChaosRun(Plan.of(options), out, cleanup).run();
                out.println();
                out.print(result.report());
                return result.isGood() ? OK : FAILED;
            } catch (RuntimeException e) {
                if (!cleanup.isClosed()) { // else somebody stopped the run, and anything may have failed
                    err.println(e.getMessage() == null ? "The run failed: " + e : e.getMessage());
                }
                return FAILED;
            }
        }
    }
}
