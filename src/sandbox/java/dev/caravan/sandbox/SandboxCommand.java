package dev.caravan.sandbox;

import dev.caravan.sandbox.SandboxArguments.UsageException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Runs the sandbox until it is told to stop, or prints the environment that points other programs at it.
 *
 * <p>Exit codes: 0 done, 1 a port is taken or something doesn't start, 2 the command line can't be understood.
 */
public final class SandboxCommand {
    private static final String LOGGING = "log4j2.configurationFile";
    private static final int OK = 0, FAILED = 1, USAGE = 2;
    private static final long LONGEST_START_SECONDS = 60;

    private final PrintStream out;
    private final PrintStream err;

    SandboxCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** Does what the arguments say; {@code --help} names them. */
    public static void main(String... arguments) {
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "log4j2-sandbox.xml"); // before anything logs
        }
        int exit = new SandboxCommand(System.out, System.err).run(arguments);
        System.exit(exit);
    }

    int run(String... arguments) {
        try {
            SandboxArguments parsed = SandboxArguments.parse(arguments);
            if (parsed.help()) {
                out.print(help());
                return OK;
            }
            return parsed.env() ? printEnvironment(parsed.options()) : serve(parsed.options());
        } catch (UsageException e) {
            err.println(e.getMessage());
            return USAGE;
        }
    }

    private int printEnvironment(SandboxOptions options) {
        out.print(SandboxEnvironment.asShell(SandboxEnvironment.of(options)));
        if (!Ports.listens(options.port(Service.S3))) {
            err.println("Note: the sandbox isn't running (nothing listens on port " + options.port(Service.S3)
                    + "); start it with: ./caravan sandbox");
        }
        return OK;
    }

    private int serve(SandboxOptions options) {
        CompletableFuture<Sandbox> running = new CompletableFuture<>();
        // Before the start: whoever stops us while we start must leave nothing behind either.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> closeWhenStarted(running), "stop-sandbox"));
        try {
            running.complete(Sandbox.start(options));
            out.print(SandboxSummary.of(options));
            out.flush();
            Thread.currentThread().join(); // for ever: the shutdown hook ends it
            return OK;
        } catch (RuntimeException e) {
            err.println(e.getMessage());
            return FAILED;
        } catch (InterruptedException e) {
            return OK;
        } finally {
            running.cancel(false); // if it isn't complete by now, it never will be
        }
    }

    private static void closeWhenStarted(CompletableFuture<Sandbox> running) {
        try {
            running.get(LONGEST_START_SECONDS, TimeUnit.SECONDS).close();
        } catch (CancellationException | ExecutionException | TimeoutException | InterruptedException e) {
            // it never ran
        }
    }

    private static String help() {
        String ports = Arrays.stream(Service.values())
                .map(s -> "  %-22s port for %s (default %d)%n".formatted(s.option() + " N", s.title(), s.defaultPort()))
                .collect(Collectors.joining());
        return """
                Usage: caravan sandbox [OPTION]...
                Runs local stand-ins for S3, SQS, SNS, DynamoDB, Redshift and its Data API until it is stopped (Ctrl-C).

                  --env                  start nothing; print the environment variables that point other programs here
                  --data DIR             keep everything in this folder (default: in memory)
                  --faulty-aws           let fault rules make AWS's services fail, too
                %s  --help                 this text
                """.formatted(ports);
    }
}
