package dev.caravan.operate.steer;

import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.runs.Beginning;
import dev.caravan.ledger.runs.Run;
import java.util.function.Supplier;

/**
 * What a person does to whatever has runs, and what is said of it.
 *
 * @param noun what it is: {@code sync} or {@code mirror}
 */
record RunOperator(String noun, FeedPauses pauses) {
    /**
     * Begins a run.
     *
     * @param ask asks the ledger for it
     * @throws Refused if it is paused, or another run of it isn't over
     */
    Run begin(String name, Supplier<Beginning> ask) throws Refused {
        String what = noun + " " + name;
        if (pauses.all().stream().anyMatch(pause -> pause.feed().equals(name))) {
            throw new Refused(what + " is paused: caravan resume " + what);
        }
        Beginning beginning = ask.get();
        if (beginning instanceof Beginning.Begun begun) {
            return begun.run();
        }
        throw new Refused(
                beginning instanceof Beginning.Busy busy
                        ? "run " + busy.run() + " of " + what + " isn't over: caravan describe " + what
                                + " says how far it is"
                        : "a run of " + what + " has begun in this second: give the command again");
    }

    /** Pauses it, unless it is paused: then its reason stays. */
    String pause(String name, String reason) {
        FeedPauses.Pause pause = pauses.pause(name, reason);
        return capital() + " " + name + " is paused since " + pause.since()
                + (pause.reason().isEmpty() ? "" : ": " + pause.reason()) + ". caravan resume " + noun + " " + name
                + " ends that";
    }

    /** Ends its pause. */
    String resume(String name) {
        return capital() + " " + name + (pauses.resume(name).isPresent() ? " goes on" : " wasn't paused");
    }

    private String capital() {
        return Character.toUpperCase(noun.charAt(0)) + noun.substring(1);
    }
}
