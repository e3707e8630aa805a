package dev.caravan.feed;

import dev.caravan.batch.OverwritePolicy;
import dev.caravan.feed.property.AccessProperties;
import dev.caravan.feed.property.ObjectProperties;
import dev.caravan.redshift.target.ClusterNames;
import dev.caravan.redshift.target.CopyCredentials;
import dev.caravan.redshift.target.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a feed's properties must have to go together. */
final class FeedRules {
    /** Files whose rows one load may replace: their names must fit into a statement of 16 MB. */
    private static final int MOST_REPLACED = 10_000;

    /** Files that one load may copy one by one: each is a COPY, with a cost of its own. */
    private static final int MOST_ONE_BY_ONE = 1_000;

    private static final String NO_PATTERN =
            "it refers to a part of the object's key, but the feed has no keyPattern whose groups say which: add one";

    /** Files that a batch of {@code batchSize: auto} has at most: more would make a COPY no faster. */
    private static final int MOST_AUTO = 10_000;

    private FeedRules() {}

    /** A property, what stands there, and what to do. */
    record Broken(String property, String value, String advice) {}

    /** The most that a batch may have whose size Caravan chooses. */
    static int mostFiles(Feed feed) {
        return feed.isFileByFile() ? MOST_ONE_BY_ONE : Math.min(MOST_AUTO, MOST_REPLACED);
    }

    static List<Broken> broken(Feed feed) {
        List<Broken> broken = new ArrayList<>();
        String size = Integer.toString(feed.batchSize());
        if (feed.onOverwrite() == OverwritePolicy.REPLACE && feed.fileColumn().isEmpty()) {
            broken.add(new Broken(
                    "fileColumn",
                    "",
                    "missing; onOverwrite: replace needs the column in which every row names its file"));
        }
        if (feed.onOverwrite() == OverwritePolicy.REPLACE && feed.batchSize() > MOST_REPLACED) {
            broken.add(new Broken(
                    "batchSize",
                    size,
                    "onOverwrite: replace names every file in the load's SQL; write " + MOST_REPLACED + " or less"));
        }
        if (feed.isFileByFile() && feed.batchSize() > MOST_ONE_BY_ONE) {
            broken.add(new Broken(
                    "batchSize",
                    size,
                    (feed.writtenFileColumn().isPresent()
                                    ? "fileColumn has files copied one by one"
                                    : MergeRules.whyOneByOne(feed))
                            + "; write " + MOST_ONE_BY_ONE + " or less"));
        }
        broken.addAll(MergeRules.broken(feed));
        columns(feed, broken);
        tables(feed, broken);
        broken.addAll(TableRules.broken(feed));
        broken.addAll(EvolutionRules.broken(feed));
        keys(feed, broken);
        return broken;
    }

    private static void keys(Feed feed, List<Broken> broken) {
        boolean wanted = feed.copyCredentials() == CopyCredentials.KEYS;
        if (wanted && feed.accessKeyId().isEmpty()) {
            broken.add(new Broken("accessKeyId", "", "missing; copyCredentials: keys needs it, as a placeholder"));
        }
        if (wanted && feed.secretAccessKey().isEmpty()) {
            broken.add(new Broken("secretAccessKey", "", "missing; copyCredentials: keys needs it, as a placeholder"));
        }
        if (!wanted && (feed.accessKeyId().isPresent() || feed.secretAccessKey().isPresent())) {
            broken.add(
                    new Broken(
                            "copyCredentials",
                            feed.values()
                                    .written(AccessProperties.COPY_CREDENTIALS)
                                    .orElse(""),
                            "accessKeyId and secretAccessKey are used by copyCredentials: keys only; write that, or remove them"));
        }
    }

    private static void columns(Feed feed, List<Broken> broken) {
        if (feed.loadedAtColumn().isPresent()
                && feed.loadedAtColumn()
                        .map(ClusterNames::folded)
                        .equals(feed.fileColumn().map(ClusterNames::folded))) {
            broken.add(new Broken(
                    "loadedAtColumn", feed.loadedAtColumn().get(), "fileColumn names it as well; choose another"));
        }
        if (feed.columns().isEmpty()) {
            return;
        }
        feed.loadedAtColumn()
                .filter(column -> ClusterNames.find(feed.columns(), column).isPresent())
                .ifPresent(column -> broken.add(new Broken(
                        "columns", column, "Caravan writes it: it is the loadedAtColumn; remove it from columns")));
        List<String> needed = new ArrayList<>(feed.keys());
        needed.addAll(feed.orderBy());
        List<String> lacking = ClusterNames.missing(feed.columns(), needed);
        if (feed.writeMode().isMerge() && !lacking.isEmpty()) {
            broken.add(new Broken(
                    "columns",
                    String.join(", ", feed.columns()),
                    "keys and orderBy name " + String.join(", ", lacking) + ", which columns doesn't; add it"));
        }
    }

    private static void tables(Feed feed, List<Broken> broken) {
        Map<String, String> tables = new TreeMap<>(feed.clusterTables());
        tables.keySet().stream()
                .filter(cluster -> !feed.clusters().contains(cluster))
                .forEach(cluster -> broken.add(new Broken(
                        "clusterTables",
                        cluster,
                        "the feed has no such cluster, only " + String.join(", ", feed.clusters())
                                + ": add it to clusters, or remove its table")));
        if (feed.keyPattern().isPresent()) {
            Resolution.references(feed).forEach((group, reference) -> {
                if (!feed.wholeKey().orElseThrow().has(group)) {
                    broken.add(
                            new Broken(
                                    "keyPattern",
                                    feed.values()
                                            .written(ObjectProperties.KEY_PATTERN)
                                            .orElse(""),
                                    "it has no group for " + reference
                                            + ", to which table or options refer: add one in parentheses, (?<name>…) for ${name}"));
                }
            });
            return;
        }
        tables.values().stream()
                .filter(table -> TableName.of(table).isEmpty())
                .forEach(table -> broken.add(new Broken("clusterTables", table, NO_PATTERN)));
        if (!feed.table().isEmpty() && TableName.of(feed.table()).isEmpty()) {
            broken.add(new Broken("table", feed.table(), NO_PATTERN));
        }
    }
}
