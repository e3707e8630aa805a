package dev.caravan.lambdaloader;

import dev.caravan.draft.ClusterDraft;
import dev.caravan.draft.Clusters;
import dev.caravan.draft.FeedDraft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The clusters of a configuration, a list in {@code loadClusters}; versions 1.x had one, whose attributes stood in the configuration itself. A
 * feed has one table, so clusters with different tables make several feeds.
 */
final class ClusterMapping {
    static final Set<String> ATTRIBUTES = Set.of(
            "loadClusters",
            "clusterEndpoint",
            "clusterPort",
            "clusterDB",
            "connectUser",
            "connectPassword",
            "targetTable",
            "columnList",
            "truncateTarget",
            "useSSL");

    /** SQL around the load, as different versions call it. */
    static final Pattern SQL = Pattern.compile("(?i)(pre|post)_?sql(statement)?");

    private ClusterMapping() {}

    /**
     * What a feed of this configuration says of its table and clusters.
     *
     * @param properties of the feed
     * @param comments on it
     */
    record Target(Map<String, String> properties, List<String> comments) {
        void apply(FeedDraft draft) {
            properties.forEach(draft::set);
            comments.forEach(draft::comment);
        }
    }

    /** A target for each table with its columns and ways, at least one. */
    static List<Target> targets(Item config, Clusters clusters, String origin) {
        List<Item> entries = new ArrayList<>();
        for (Object entry : config.list("loadClusters")) {
            if (entry instanceof Map<?, ?> map) {
                entries.add(Item.within(map));
            }
        }
        if (entries.isEmpty()) {
            entries.add(config);
        }
        Map<Map<String, String>, List<Item>> byTable = entries.stream()
                .collect(Collectors.groupingBy(ClusterMapping::table, LinkedHashMap::new, Collectors.toList()));
        return byTable.entrySet().stream()
                .map(table -> target(table.getKey(), table.getValue(), clusters, origin))
                .toList();
    }

    private static Target target(Map<String, String> table, List<Item> entries, Clusters clusters, String origin) {
        Map<String, String> properties = new LinkedHashMap<>(table);
        List<String> comments = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Item entry : entries) {
            String endpoint = entry.text("clusterEndpoint").orElse("");
            if (endpoint.isEmpty()) {
                comments.add("it names no cluster: caravan.clusters says which one is loaded");
                continue;
            }
            ClusterDraft cluster = clusters.at(
                    endpoint,
                    entry.text("clusterPort").orElse("5439"),
                    entry.text("clusterDB").orElse("dev"),
                    entry.text("connectUser").orElse(""),
                    origin);
            names.add(cluster.name());
            if (!entry.isTrue("useSSL")) {
                comments.add("cluster " + cluster.name()
                        + " was connected to without TLS; the driver uses it unless its URL ends in ?ssl=false");
            }
        }
        properties.put("clusters", names.stream().distinct().collect(Collectors.joining(", ")));
        if (properties.containsKey("writeMode")) {
            comments.add(
                    "truncateTarget emptied the table with TRUNCATE, outside the load's transaction; writeMode: replace"
                            + " deletes the rows within it, for each batch, too");
        }
        return new Target(properties, comments);
    }

    private static Map<String, String> table(Item entry) {
        Map<String, String> properties = new LinkedHashMap<>();
        entry.text("targetTable").ifPresent(table -> properties.put("table", table));
        entry.text("columnList").ifPresent(columns -> properties.put("columns", columns));
        if (entry.isTrue("truncateTarget")) {
            properties.put("writeMode", "replace");
        }
        entry.values().keySet().stream()
                .filter(name -> SQL.matcher(name).matches())
                .forEach(name -> entry.text(name)
                        .ifPresent(sql -> properties.put(
                                name.toLowerCase(Locale.ROOT).startsWith("pre") ? "preSql" : "postSql", sql)));
        return properties;
    }
}
