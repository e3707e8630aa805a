package dev.caravan.crash;

import java.util.Optional;

/**
 * One batch's life: a feed, a prefix and a table of its own.
 *
 * @param name of all three; no other case's calls have it in their text
 * @param kill where its process is killed; empty to let it live
 */
record Case(String name, Scenario scenario, Optional<KillPoint> kill) {
    /** At a step of the scenario: before anything of it is done, or when it is done and not answered yet. */
    record KillPoint(Step step, boolean after) {
        @Override
        public String toString() {
            return (after ? "after  " : "before ") + step;
        }
    }

    static Case numbered(int number, Scenario scenario, Optional<KillPoint> kill) {
        return new Case("case%04d".formatted(number), scenario, kill);
    }

    String table() {
        return "public." + name;
    }

    String label() {
        return "%-10s %s".formatted(scenario, kill.map(KillPoint::toString).orElse(""));
    }
}
