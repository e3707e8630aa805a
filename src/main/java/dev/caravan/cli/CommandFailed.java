package dev.caravan.cli;

import dev.caravan.feed.Fault;
import java.util.Optional;

/** A command could not be done. Its message is for a person: what is wrong and what to do. */
final class CommandFailed extends Exception {
    private static final long serialVersionUID = 1L;

    CommandFailed(String words) {
        super(words, null, false, false);
    }

    /** Goes on if there is no fault. */
    static void ifAny(Optional<Fault> fault) throws CommandFailed {
        if (fault.isPresent()) {
            throw new CommandFailed(fault.get().toString());
        }
    }
}
