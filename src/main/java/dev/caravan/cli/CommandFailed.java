package dev.caravan.cli;

import dev.caravan.feed.Fault;
import dev.caravan.text.Shown;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A command could not be done. Its message is for a person: what is wrong and what to do. */
final class CommandFailed extends Exception {
    private static final long serialVersionUID = 1L;

    /** The exit code of a command that did its work and found a difference, or that something is left. */
    static final int DIFFERS = 3;

    private final int exitCode;

    CommandFailed(String words) {
        this(words, 1);
    }

    CommandFailed(String words, int exitCode) {
        this(List.of(words), exitCode);
    }

    private CommandFailed(List<String> lines, int exitCode) {
        super(lines.stream().map(Shown::line).collect(Collectors.joining("\n")), null, false, false);
        this.exitCode = exitCode;
    }

    /** Several things could not be done, each a line. */
    static CommandFailed of(List<String> lines) {
        return new CommandFailed(lines, 1);
    }

    int exitCode() {
        return exitCode;
    }

    /** Goes on if there is no fault. */
    static void ifAny(Optional<Fault> fault) throws CommandFailed {
        if (fault.isPresent()) {
            throw new CommandFailed(fault.get().toString());
        }
    }
}
