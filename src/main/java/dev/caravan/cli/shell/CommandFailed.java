package dev.caravan.cli.shell;

import dev.caravan.base.Fault;
import dev.caravan.base.Shown;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A command could not be done. Its message is for a person: what is wrong and what to do. */
public final class CommandFailed extends Exception {
    private static final long serialVersionUID = 1L;

    /** The exit code of a command that did its work and found a difference, or that something is left. */
    public static final int DIFFERS = 3;

    private final int exitCode;

    public CommandFailed(String words) {
        this(words, 1);
    }

    public CommandFailed(String words, int exitCode) {
        this(List.of(words), exitCode);
    }

    private CommandFailed(List<String> lines, int exitCode) {
        super(lines.stream().map(Shown::line).collect(Collectors.joining("\n")), null, false, false);
        this.exitCode = exitCode;
    }

    /** Several things could not be done, each a line. */
    public static CommandFailed of(List<String> lines) {
        return new CommandFailed(lines, 1);
    }

    /** The same, with an exit code of its own. */
    public static CommandFailed of(List<String> lines, int exitCode) {
        return new CommandFailed(lines, exitCode);
    }

    public int exitCode() {
        return exitCode;
    }

    /** Goes on if there is no fault. */
    public static void ifAny(Optional<Fault> fault) throws CommandFailed {
        if (fault.isPresent()) {
            throw new CommandFailed(fault.get().toString());
        }
    }
}
