package dev.caravan.sandbox.chaos.plan;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Everything that a run does, decided beforehand: the same options make the same plan. */
public record Plan(ChaosOptions options, List<ChaosFeed> feeds, List<PlannedFile> files, List<Trouble> troubles) {
    /** Of the instances: short, so that a run sees many of them run out. */
    public static final Duration LEASE = Duration.ofSeconds(5);

    public static Plan of(ChaosOptions options) {
        Random random = new Random(options.seed());
        List<ChaosFeed> feeds = ChaosFeed.all(random, options.ingredients());
        return new Plan(
                options, feeds, FilePlan.of(random, options, feeds), TroublePlan.of(random, options, LEASE, feeds));
    }
}
