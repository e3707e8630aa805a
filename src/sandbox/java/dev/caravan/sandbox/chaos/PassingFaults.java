package dev.caravan.sandbox.chaos;

import dev.caravan.sandbox.chaos.plan.Trouble;
import dev.caravan.sandbox.faults.FaultRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fault rules of one stand-in, each of which is ended by itself. */
final class PassingFaults {
    private final FaultRules rules;
    private final Map<Trouble.Fault, Runnable> active = new LinkedHashMap<>();

    PassingFaults(FaultRules rules) {
        this.rules = rules;
    }

    synchronized void begin(Trouble.Fault fault) {
        active.put(fault, rules.begin(fault.rule()));
    }

    synchronized void end(Trouble.Fault fault) {
        Optional.ofNullable(active.remove(fault)).ifPresent(Runnable::run);
    }

    synchronized void endAll() {
        active.clear();
        rules.clear();
    }

    synchronized List<Trouble.Fault> active() {
        return List.copyOf(active.keySet());
    }
}
