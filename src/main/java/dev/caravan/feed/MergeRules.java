package dev.caravan.feed;

import dev.caravan.feed.FeedRules.Broken;
import dev.caravan.feed.property.RowProperties;
import dev.caravan.redshift.target.ClusterNames;
import dev.caravan.redshift.target.WriteMode;
import java.util.ArrayList;
import java.util.List;

/** What a feed's {@code keys} and {@code orderBy} must be, so that its merges give the same table however its files are cut into batches. */
final class MergeRules {
    private MergeRules() {}

    static List<Broken> broken(Feed feed) {
        List<Broken> broken = new ArrayList<>();
        WriteMode mode = feed.writeMode();
        String orderBy = String.join(", ", feed.orderBy());
        if (mode.isMerge() && feed.keys().isEmpty()) {
            broken.add(new Broken(
                    "keys",
                    "",
                    "missing; writeMode: "
                            + feed.values().written(RowProperties.WRITE_MODE).orElse("")
                            + " needs the columns that tell rows apart"));
        }
        if (!mode.isMerge() && !feed.keys().isEmpty()) {
            broken.add(new Broken(
                    "keys",
                    String.join(", ", feed.keys()),
                    "used by writeMode overwriteExisting and keepExisting only; set writeMode or remove it"));
        }
        if (!mode.isMerge() && !feed.orderBy().isEmpty()) {
            broken.add(new Broken(
                    "orderBy", orderBy, "used by writeMode overwriteExisting only; set writeMode or remove it"));
        }
        if (mode == WriteMode.KEEP_EXISTING && !feed.orderBy().isEmpty()) {
            broken.add(new Broken(
                    "orderBy",
                    orderBy,
                    "keepExisting leaves the row alone that came first, whatever its values are; remove orderBy, or write"
                            + " writeMode: overwriteExisting, which keeps the latest row by it"));
        }
        List<String> both = feed.orderBy().stream()
                .filter(column -> ClusterNames.find(feed.keys(), column).isPresent())
                .toList();
        if (!both.isEmpty()) {
            broken.add(new Broken(
                    "orderBy",
                    orderBy,
                    String.join(", ", both) + " is in keys: rows with the same keys are equal there; name another"));
        }
        return broken;
    }

    /** Why a merge has its files copied one by one. */
    static String whyOneByOne(Feed feed) {
        return feed.writeMode() == WriteMode.KEEP_EXISTING
                ? "keepExisting has files copied one by one"
                : "overwriteExisting without orderBy has files copied one by one: add orderBy";
    }
}
