package dev.caravan.draft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The clusters of all drafts, each once, each with a name of its own. */
public final class Clusters {
    private final Map<String, ClusterDraft> byAddress = new LinkedHashMap<>();

    /**
     * The cluster at an address, under one name wherever it occurs.
     *
     * @param endpoint its host name
     * @param origin what it comes from, in words
     */
    public ClusterDraft at(String endpoint, String port, String database, String user, String origin) {
        String url = "jdbc:redshift://" + endpoint + ":" + port + "/" + database;
        return byAddress.computeIfAbsent(
                url + " " + user, address -> new ClusterDraft(name(endpoint, database), url, user, Map.of(), origin));
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
                        origin));
    }

    /** In the order in which they came up. */
    public List<ClusterDraft> all() {
        return new ArrayList<>(byAddress.values());
    }

    private String name(String endpoint, String database) {
        String host = word(endpoint.replaceFirst("\\..*", "").replaceFirst("^fromenv", ""));
        List<String> taken = byAddress.values().stream().map(ClusterDraft::name).toList();
        String name = taken.contains(host) ? host + "_" + word(database) : host;
        for (int i = 2; taken.contains(name); i++) {
            name = host + "_" + i;
        }
        return name;
    }

    private static String word(String text) {
        String word = text.replaceAll("[^A-Za-z0-9_]", "_");
        return word.isEmpty() ? "cluster" : word;
    }
}
