package dev.caravan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.caravan.cli.Commands;
import dev.caravan.startup.Application;
import java.io.PrintWriter;

/** The application's main: runs the routes, or one command. */
public final class Caravan {
    private static final String LOGGING = "log4j2.configurationFile";

    private Caravan() {}

    /**
     * Without a command, runs the routes, with Camel Main's own options ({@code -duration 60}); exit code 0 after a stop, 1 if Caravan
     * can't start: then the reason is on standard error. With one, see {@link Commands}.
     */
    public static void main(String[] args) {
        System.exit(Commands.areMeantBy(args) ? command(args) : Application.run(args, stop -> {}, err()));
    }

    private static int command(String[] args) {
        if (System.getProperty(LOGGING) == null && !args[0].equals("run")) {
            System.setProperty(LOGGING, "log4j2-command.properties");
        }
        return Commands.run(args, new PrintWriter(System.out, true, UTF_8), err());
    }

    private static PrintWriter err() {
        return new PrintWriter(System.err, true, UTF_8);
    }
}
