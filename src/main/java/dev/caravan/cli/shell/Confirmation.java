package dev.caravan.cli.shell;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Asks a person before much is changed: a mixin with the option {@code --yes}, for scripts, which nobody answers. */
public final class Confirmation {
    @Option(names = "--yes", description = "Don't ask.")
    private boolean yes;

    /**
     * Whether to go on.
     *
     * @param question for a person, with a question mark
     * @param shows how the command only shows what it would do; empty if it can't
     * @throws CommandFailed if there is nobody to ask
     */
    public boolean isGiven(PrintWriter out, String question, String shows) throws CommandFailed {
        return yes || isYes(Optional.ofNullable(System.console()).map(Console::reader), out, question, shows);
    }

    /** @param terminal where a person types; empty if there is none */
    public static boolean isYes(Optional<? extends Reader> terminal, PrintWriter out, String question, String shows)
            throws CommandFailed {
        if (terminal.isEmpty()) {
            throw new CommandFailed(question + " There is no terminal to ask at, so nothing is changed:"
                    + " --yes goes on without asking" + (shows.isEmpty() ? "" : ", " + shows + " only shows"));
        }
        out.print(question + " [y/N] ");
        out.flush();
        try {
            String answer = new BufferedReader(terminal.get()).readLine();
            return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
        } catch (IOException e) {
            throw new CommandFailed("can't read the answer, so nothing is changed: " + e.getMessage());
        }
    }
}
