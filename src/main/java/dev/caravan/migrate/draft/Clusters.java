package dev.caravan.migrate.draft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The clusters of all drafts, each once, each with a name of its own that no feed has: both are names of beans. */
public final class Clusters {
    private final Map<String, ClusterDraft> byAddress = new LinkedHashMap<>();
    private final Set<String> feeds;
    private final String other;

    /** Where there are no feeds. */
    public Clusters() {
        this(Set.of(), "a feed");
    }

    private Clusters(Set<String> feeds, String other) {
        this.feeds = feeds;
        this.other = other;
    }

    /** Beside other beans, by their names. */
    public static Clusters beside(Set<String> beans) {
        return new Clusters(beans, "another bean");
    }

    /**
     * A draft with such names.
     *
     * @param making makes it; twice, if a cluster would be named as a feed is
     */
    public static Draft apart(Function<Clusters, Draft> making) {
        Draft draft = making.apply(new Clusters());
        Set<String> feeds = draft.feeds().stream().map(FeedDraft::name).collect(Collectors.toSet());
        return draft.clusters().stream().map(ClusterDraft::name).noneMatch(feeds::contains)
                ? draft
                : making.apply(new Clusters(feeds, "a feed"));
    }

    /**
     * The cluster at an address, under one name wherever it occurs.
     *
     * @param endpoint its host name
     * @param origin what it comes from, in words
     */
    public ClusterDraft at(String endpoint, String port, String database, String user, String origin) {
        String url = "jdbc:redshift://" + endpoint + ":" + port + "/" + database;
        return byAddress.computeIfAbsent(
                url + " " + user,
                address ->
                        new ClusterDraft(name(endpoint, database), url, user, Map.of(), origin + whyNamedSo(endpoint)));
    }

    /**
     * The cluster that is reached through the Data API with these properties, likewise.
     *
     * @param target the workgroup's or the provisioned cluster's name
     * @param origin what it comes from, in words
     */
    public ClusterDraft dataApi(String target, String database, Map<String, String> properties, String origin) {
        return byAddress.computeIfAbsent(
                properties.toString(),
                address -> new ClusterDraft(
                        name(target, database),
                        "the Data API",
                        properties.getOrDefault("dbUser", ""),
                        properties,
                        origin + whyNamedSo(target)));
    }

    /** In the order in which they came up. */
    public List<ClusterDraft> all() {
        return new ArrayList<>(byAddress.values());
    }

    private String name(String endpoint, String database) {
        String host = host(endpoint) + (feeds.contains(host(endpoint)) ? "_cluster" : "");
        Set<String> taken = byAddress.values().stream().map(ClusterDraft::name).collect(Collectors.toSet());
        taken.addAll(feeds);
        String name = taken.contains(host) ? host + "_" + word(database) : host;
        for (int i = 2; taken.contains(name); i++) {
            name = host + "_" + i;
        }
        return name;
    }

    private String whyNamedSo(String endpoint) {
        return feeds.contains(host(endpoint)) ? ", not named " + host(endpoint) + ", for " + other + " is" : "";
    }

    private static String host(String endpoint) {
        return word(endpoint.replaceFirst("\\..*", "").replaceFirst("^fromenv", ""));
    }

    private static String word(String text) {
        String word = text.replaceAll("[^A-Za-z0-9_]", "_");
        return word.isEmpty() ? "cluster" : word;
    }
}
