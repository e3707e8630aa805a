package dev.caravan.cli;

import dev.caravan.feed.Fault;
import java.util.Optional;

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
        super(words, null, false, false);
        this.exitCode = exitCode;
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
