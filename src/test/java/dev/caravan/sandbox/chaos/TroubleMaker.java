package dev.caravan.sandbox.chaos;

import dev.caravan.sandbox.faults.FaultRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Makes the planned trouble, each at its time. */
final class TroubleMaker implements AutoCloseable {
    private final Instances instances;
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    private final Map<String, PassingFaults> places = new LinkedHashMap<>();
    private final Map<String, Integer> made = new TreeMap<>();

    /** @param places where faults can be, by the name that the plan gives them */
    TroubleMaker(Map<String, FaultRules> places, Instances instances) {
        places.forEach((place, rules) -> this.places.put(place, new PassingFaults(rules)));
        this.instances = instances;
    }

    /** Begins now. */
    void begin(Plan plan) {
        plan.troubles().forEach(trouble -> {
            var unused = scheduler.schedule(() -> make(trouble), trouble.at().toMillis(), TimeUnit.MILLISECONDS);
        });
    }

    private void make(Trouble trouble) {
        if (trouble instanceof Trouble.Kill kill) {
            instances.kill(kill.instance());
        } else if (trouble instanceof Trouble.Freeze freeze) {
            instances.freeze(freeze.instance(), freeze.length());
        } else if (trouble instanceof Trouble.Fault fault) {
            begin(fault);
        }
    }

    private void begin(Trouble.Fault fault) {
        PassingFaults place = Optional.ofNullable(places.get(fault.where())).orElseThrow();
        place.begin(fault);
        synchronized (made) {
            made.merge(fault.name(), 1, Integer::sum);
        }
        var unused = scheduler.schedule(() -> place.end(fault), fault.length().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** No more trouble: faults are cleared, and instances that stand still go on. */
    void stop() {
        Pools.stop(scheduler);
        places.values().forEach(PassingFaults::endAll);
        instances.resumeAll();
    }

    /** The trouble of the moment, for example {@code redshift: resize}. */
    List<String> now() {
        return places.values().stream()
                .flatMap(place -> place.active().stream())
                .map(fault -> fault.where() + ": " + fault.name())
                .distinct()
                .toList();
    }

    /** How often each fault was put in force. */
    Map<String, Integer> made() {
        synchronized (made) {
            return new TreeMap<>(made);
        }
    }

    @Override
    public void close() {
        Pools.stop(scheduler);
    }
}
