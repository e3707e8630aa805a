package dev.caravan.cli;

import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.util.concurrent.Callable;

/**
 * A command that needs the settings and AWS. Its class has picocli's {@code @Command}, its options and arguments are fields, and
 * {@link #run} does the work.
 */
abstract class InstalledCommand implements Callable<Integer> {
    /** For results. */
    final PrintWriter out;

    InstalledCommand(PrintWriter out) {
        this.out = out;
    }

    /**
     * Does what the command is for.
     *
     * @param installation closed afterwards
     * @throws CommandFailed if it could not be done, in a person's words
     */
    abstract void run(Installation installation) throws CommandFailed;

    @Override
    public final Integer call() throws CommandFailed {
        try (Installation installation = Installation.open()) {
            CommandFailed.ifAny(installation.check().identity());
            run(installation);
        }
        return 0;
    }
}
