package dev.caravan.sandbox.chaos;

import dev.caravan.sandbox.chaos.check.Clusters;
import dev.caravan.sandbox.chaos.check.Tally;
import dev.caravan.sandbox.chaos.plan.ChaosFeed;
import dev.caravan.sandbox.chaos.plan.Ingredient;
import dev.caravan.sandbox.chaos.plan.Plan;
import dev.caravan.sandbox.chaos.plan.PlannedFile;
import java.util.ArrayList;
import java.util.List;

/**
 * What an operator does when tables, jsonpaths files and permissions are right again: what failed meanwhile is reprocessed; of feeds whose tables and jsonpaths
 * files were wrong, what was set aside is reloaded. After that all good files are loaded, or lost.
 */
final class Mending {
    /** A person gives so many commands for single files before it is a fault that they are needed. */
    private static final int PATIENCE = 20;

    private final Operator operator;
    private final Clusters clusters;
    private final String bucket;

    Mending(Operator operator, Clusters clusters, String bucket) {
        this.operator = operator;
        this.clusters = clusters;
        this.bucket = bucket;
    }

    /** @param settle waits until nothing more happens by itself */
    void mend(Plan plan, Runnable settle) {
        List<ChaosFeed> feeds =
                plan.feeds().stream().filter(ChaosFeed::isMendedByHand).toList();
        boolean refused = plan.options().ingredients().contains(Ingredient.REFUSALS);
        if (feeds.isEmpty() && !refused) {
            return;
        }
        if (refused) {
            operator.give("reprocess", "batches", "--yes");
        } else {
            feeds.forEach(feed -> operator.give("reprocess", "batches", "--feed", feed.name(), "--yes"));
        }
        settle.run();
        List<String> missing = missing(plan, feeds);
        if (!missing.isEmpty()) {
            missing.stream().limit(PATIENCE).forEach(url -> operator.tryOnce("reload", url));
            settle.run();
        }
    }

    /** Good files of which SQL sees no row. */
    private List<String> missing(Plan plan, List<ChaosFeed> feeds) {
        Tally tally = Tally.of(clusters, feeds);
        List<String> missing = new ArrayList<>();
        plan.files().stream()
                .filter(file -> feeds.contains(file.feed()) && file.kind() == PlannedFile.Kind.GOOD)
                .filter(file -> file.feed().clusters().stream()
                        .anyMatch(cluster -> tally.rows(cluster, file.label()).rows() == 0))
                .forEach(file -> missing.add(file.url(bucket)));
        return missing;
    }
}
