package dev.caravan.sandbox.chaos;

import dev.caravan.sandbox.faults.FaultRules;
import java.util.ArrayList;
import java.util.List;

/** The fault rules of one stand-in, each of which can be ended before the others. */
final class PassingFaults {
    private final FaultRules rules;
    private final List<Trouble.Fault> active = new ArrayList<>();

    PassingFaults(FaultRules rules) {
        this.rules = rules;
    }

    synchronized void begin(Trouble.Fault fault) {
        active.add(fault);
        rules.add(fault.rule());
    }

    /** The others begin again: what they have struck by then doesn't count. */
    synchronized void end(Trouble.Fault fault) {
        if (active.remove(fault)) {
            rules.clear();
            active.forEach(other -> rules.add(other.rule()));
        }
    }

    synchronized void endAll() {
        active.clear();
        rules.clear();
    }

    synchronized List<Trouble.Fault> active() {
        return List.copyOf(active);
    }
}
