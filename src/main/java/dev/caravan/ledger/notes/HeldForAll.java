package dev.caravan.ledger.notes;

import dev.caravan.ledger.ClusterHolds;
import dev.caravan.ledger.ClusterHolds.Hold;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The clusters into which nobody loads: held for all instances, or refusing each one that runs. Asks who runs only if it matters. */
public final class HeldForAll implements Supplier<List<Hold>> {
    private final ClusterHolds holds;
    private final Instances instances;

    public HeldForAll(ClusterHolds holds, Instances instances) {
        this.holds = holds;
        this.instances = instances;
    }

    @Override
    public List<Hold> get() {
        List<Hold> all = holds.all();
        return ClusterHolds.ofEverybody(all, all.stream().anyMatch(Hold::hereOnly) ? running() : Set.of());
    }

    private Set<String> running() {
        return instances.known().running().stream()
                .map(Instances.Instance::name)
                .collect(Collectors.toSet());
    }
}
