package dev.caravan.cli.shell;

import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.util.concurrent.Callable;

/**
 * A command that needs the settings, and usually AWS. Its class has picocli's {@code @Command}, its options and arguments are fields, and
 * {@link #run} does the work.
 */
public abstract class InstalledCommand implements Callable<Integer> {
    /** For results. */
    public final PrintWriter out;

    public InstalledCommand(PrintWriter out) {
        this.out = out;
    }

    /**
     * Does what the command is for.
     *
     * @param installation closed afterwards
     * @throws CommandFailed if it could not be done, in a person's words
     */
    public abstract void run(Installation installation) throws CommandFailed;

    /** Whether it asks AWS anything: if not, it needs neither region nor credentials. */
    public boolean asksAws() {
        return true;
    }

    @Override
    public final Integer call() throws CommandFailed {
        try (Installation installation = Installation.open()) {
            if (asksAws()) {
                CommandFailed.ifAny(installation.check().identity());
            }
            run(installation);
        }
        return 0;
    }
}
