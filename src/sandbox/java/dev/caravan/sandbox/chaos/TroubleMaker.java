package dev.caravan.sandbox.chaos;

import dev.caravan.sandbox.chaos.plan.Ingredient;
import dev.caravan.sandbox.chaos.plan.Plan;
import dev.caravan.sandbox.chaos.plan.Trouble;
import dev.caravan.sandbox.faults.FaultRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Makes the planned trouble, each at its time. */
final class TroubleMaker implements AutoCloseable {
    private final Instances instances;
    private final Map<Ingredient, Interference> interferences;
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    /** Beginnings and ends of what passes take their time, and an end waits for its beginning, but for no other ingredient. */
    private final Map<Ingredient, ExecutorService> slow = new ConcurrentHashMap<>();

    private final Map<String, PassingFaults> places = new LinkedHashMap<>();
    private final List<Trouble.Passing> passing = new ArrayList<>();
    private final Map<String, Integer> made = new TreeMap<>();

    /** @param places where faults can be, by the name that the plan gives them */
    TroubleMaker(Map<String, FaultRules> places, Instances instances, Map<Ingredient, Interference> interferences) {
        places.forEach((place, rules) -> this.places.put(place, new PassingFaults(rules)));
        this.instances = instances;
        this.interferences = interferences;
    }

    /** Begins now. */
    void begin(Plan plan) {
        plan.troubles().forEach(trouble -> later(trouble.at().toMillis(), () -> make(trouble)));
    }

    private void make(Trouble trouble) {
        if (trouble instanceof Trouble.Kill kill) {
            instances.kill(kill.instance());
        } else if (trouble instanceof Trouble.Freeze freeze) {
            instances.freeze(freeze.instance(), freeze.length());
        } else if (trouble instanceof Trouble.Fault fault) {
            begin(fault);
        } else if (trouble instanceof Trouble.Passing what) {
            inTurn(what, () -> begin(what));
        }
    }

    private void begin(Trouble.Fault fault) {
        PassingFaults place = Optional.ofNullable(places.get(fault.where())).orElseThrow();
        place.begin(fault);
        count(fault.name());
        later(fault.length().toMillis(), () -> place.end(fault));
    }

    private void begin(Trouble.Passing what) {
        synchronized (passing) {
            passing.add(what);
        }
        try {
            interference(what).begin(what.where());
            count(what.ingredient().word());
        } catch (RuntimeException e) {
            count(what.ingredient().word() + " (in vain)");
        }
        later(what.length().toMillis(), () -> inTurn(what, () -> end(what)));
    }

    private void inTurn(Trouble.Passing what, Runnable task) {
        slow.computeIfAbsent(what.ingredient(), ingredient -> Executors.newSingleThreadExecutor())
                .execute(task);
    }

    private void end(Trouble.Passing what) {
        interference(what).end(what.where());
        synchronized (passing) {
            passing.remove(what);
        }
    }

    private Interference interference(Trouble.Passing what) {
        return Optional.ofNullable(interferences.get(what.ingredient())).orElseThrow();
    }

    private void later(long millis, Runnable task) {
        try {
            var unused = scheduler.schedule(task, millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException theTroubleIsOver) {
            return; // and whoever ended it ends what was to be ended
        }
    }

    private void count(String name) {
        synchronized (made) {
            made.merge(name, 1, Integer::sum);
        }
    }

    /** No more trouble: faults are cleared, all that passes is ended, and instances that stand still go on. */
    void stop() {
        Pools.stop(scheduler);
        places.values().forEach(PassingFaults::endAll);
        instances.resumeAll();
        List<Future<?>> endings = new ArrayList<>();
        slow.forEach((ingredient, pool) -> endings.add(pool.submit(() -> passing().stream()
                .filter(what -> what.ingredient() == ingredient)
                .forEach(this::end))));
        Pools.await(endings);
    }

    private List<Trouble.Passing> passing() {
        synchronized (passing) {
            return List.copyOf(passing);
        }
    }

    /** The trouble of the moment, for example {@code redshift: resize}. */
    List<String> now() {
        return Stream.concat(
                        places.values().stream()
                                .flatMap(place -> place.active().stream())
                                .map(fault -> fault.where() + ": " + fault.name()),
                        passing().stream().map(Trouble.Passing::toString))
                .distinct()
                .toList();
    }

    /** How often each was made. */
    Map<String, Integer> made() {
        synchronized (made) {
            return new TreeMap<>(made);
        }
    }

    @Override
    public void close() {
        Pools.stop(scheduler);
        slow.values().forEach(Pools::stop);
    }
}
