package dev.caravan.migrate.lambdaloader;

import dev.caravan.migrate.draft.ClusterDraft;
import dev.caravan.migrate.draft.Clusters;
import dev.caravan.migrate.draft.FeedDraft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The clusters of a configuration, a list in {@code loadClusters}; versions 1.x had one, whose attributes stood in the configuration itself. A
 * feed has a table for each cluster, but columns, SQL and ways of writing for all of them: where these differ there are several feeds.
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

    /** A target for all clusters with the same columns, SQL and ways of writing; at least one. */
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
        Map<Alike, List<Item>> alike = new LinkedHashMap<>();
        for (Item entry : entries) {
            int copy = 0;
            while (alike.getOrDefault(new Alike(ways(entry), copy), List.of()).stream()
                    .anyMatch(other -> isSameClusterButNotTable(other, entry))) {
                copy++;
            }
            alike.computeIfAbsent(new Alike(ways(entry), copy), a -> new ArrayList<>())
                    .add(entry);
        }
        return alike.entrySet().stream()
                .map(ways -> target(ways.getKey().ways(), ways.getValue(), clusters, origin))
                .toList();
    }

    /** What may be one feed: with several tables in one cluster, there are copies. */
    private record Alike(Map<String, String> ways, int copy) {}

    private static boolean isSameClusterButNotTable(Item one, Item other) {
        return Stream.of("clusterEndpoint", "clusterPort", "clusterDB", "connectUser")
                        .allMatch(name -> one.text(name).equals(other.text(name)))
                && !one.text("targetTable").equals(other.text("targetTable"));
    }

    private static Target target(Map<String, String> ways, List<Item> entries, Clusters clusters, String origin) {
        Map<String, String> properties = new LinkedHashMap<>();
        String table = entries.get(0).text("targetTable").orElse("");
        properties.put("table", table);
        properties.putAll(ways);
        List<String> ownTables = new ArrayList<>();
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
            if (!entry.values().containsKey("s3Prefix")) {
                entry.values().keySet().stream()
                        .filter(name ->
                                !ATTRIBUTES.contains(name) && !SQL.matcher(name).matches())
                        .forEach(name -> comments.add("loadClusters, cluster " + cluster.name() + ": " + name
                                + ": not known, and not taken over"));
            }
            String own = entry.text("targetTable").orElse(table);
            if (!own.equals(table)) {
                ownTables.add(cluster.name() + "=" + own);
            }
            if (!entry.isTrue("useSSL")) {
                comments.add("cluster " + cluster.name()
                        + " was connected to without TLS; the driver uses it unless its URL ends in ?ssl=false");
            }
        }
        properties.put("clusters", names.stream().distinct().collect(Collectors.joining(", ")));
        properties.put("clusterTables", String.join(", ", ownTables));
        if (properties.containsKey("writeMode")) {
            comments.add(
                    "truncateTarget emptied the table with TRUNCATE, outside the load's transaction; writeMode: replace"
                            + " deletes the rows within it, for each batch, too");
        }
        return new Target(properties, comments);
    }

    private static Map<String, String> ways(Item entry) {
        Map<String, String> properties = new LinkedHashMap<>();
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
