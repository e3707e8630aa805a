package dev.caravan.sandbox.chaos.plan;

import dev.caravan.sandbox.chaos.plan.Trouble.Freeze;
import dev.caravan.sandbox.chaos.plan.Trouble.Kill;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** What goes wrong when. Each run has at least a kill and a freeze in the middle of slow loads, and commits whose answer is lost. */
final class TroublePlan {
    /** About three that last are at work at a time: with more, nothing is under way that the next could strike. */
    private static final Duration LONGEST_FAULT = Duration.ofSeconds(20);

    private static final Duration BETWEEN_KILLS = Duration.ofSeconds(12);
    private static final int SHORTEST_GAP_MILLIS = 500, LONGEST_GAP_MILLIS = 3_000;

    private final Random random;
    private final int instances;
    private final Duration lease;
    private final FaultMenu faults;
    private final List<Trouble> troubles = new ArrayList<>();
    private Duration lastKill = BETWEEN_KILLS.negated();

    private TroublePlan(Random random, Duration length, int instances, Duration lease) {
        this.random = random;
        this.instances = instances;
        this.lease = lease;
        Duration quarter = length.dividedBy(4);
        faults = new FaultMenu(random, quarter.compareTo(LONGEST_FAULT) < 0 ? quarter : LONGEST_FAULT);
    }

    static List<Trouble> of(Random random, ChaosOptions options, Duration lease, List<ChaosFeed> feeds) {
        Duration length = options.length();
        TroublePlan plan = new TroublePlan(random, length, options.instances(), lease);
        plan.troubles.addAll(new IngredientPlan(options, lease, feeds).troubles());
        plan.troubles.addAll(plan.faults.always(length.dividedBy(20)));
        plan.storm(length.dividedBy(5));
        Duration at = length.dividedBy(5);
        while (at.compareTo(length) < 0) {
            plan.add(at);
            at = at.plusMillis(random.nextInt(SHORTEST_GAP_MILLIS, LONGEST_GAP_MILLIS));
        }
        plan.troubles.sort(Comparator.comparing(Trouble::at));
        return List.copyOf(plan.troubles);
    }

    private void add(Duration at) {
        int dice = random.nextInt(30);
        boolean mayKill = at.minus(lastKill).compareTo(BETWEEN_KILLS) >= 0;
        if (dice == 0 && mayKill) {
            storm(at);
        } else if (dice <= 3 && mayKill) {
            kill(at, instance());
        } else if (dice <= 6) {
            freeze(at, instance());
        } else {
            troubles.add(faults.any(at));
        }
    }

    /** All at once: loads are slow, one instance freezes in the middle of them, and another one dies. */
    private void storm(Duration at) {
        int dying = instance();
        troubles.addAll(faults.slowEverywhere(at, Duration.ofSeconds(4)));
        freeze(at.plusMillis(1500), dying % instances + 1);
        kill(at.plusSeconds(2), dying);
        troubles.add(faults.any(at.plusSeconds(2)));
    }

    private void kill(Duration at, int instance) {
        troubles.add(new Kill(at, instance));
        lastKill = at;
    }

    private void freeze(Duration at, int instance) {
        troubles.add(new Freeze(at, instance, lease.plusMillis(1000 + random.nextInt(6000))));
    }

    private int instance() {
        return 1 + random.nextInt(instances);
    }
}
