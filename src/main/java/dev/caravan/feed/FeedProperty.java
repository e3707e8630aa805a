package dev.caravan.feed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A property of a feed as it is in force.
 *
 * @param name for example {@code batchSize}
 * @param value as one would write it, a secret as {@code ***}; empty for none
 * @param from {@code feed} if the feed says so, {@code default}, or the setting that says so for all feeds, for example {@code caravan.clusters}
 */
public record FeedProperty(String name, String value, String from) {
    /** In the order in which a person thinks of them. */
    static final Map<String, String> DEFAULTS = new LinkedHashMap<>();

    static {
        DEFAULTS.put("prefix", "");
        DEFAULTS.put("discard", "false");
        DEFAULTS.put("onMatch", "stop");
        DEFAULTS.put("filter", ".*");
        DEFAULTS.put("keyPattern", "");
        DEFAULTS.put("table", "");
        DEFAULTS.put("columns", "");
        DEFAULTS.put("format", "CSV");
        DEFAULTS.put("copyOptions", "");
        DEFAULTS.put("masterSymmetricKey", "");
        DEFAULTS.put("iamRole", "");
        DEFAULTS.put("copyCredentials", "role");
        DEFAULTS.put("accessKeyId", "");
        DEFAULTS.put("secretAccessKey", "");
        DEFAULTS.put("clusters", "");
        DEFAULTS.put("clusterTables", "");
        DEFAULTS.put("allowedTables", "");
        DEFAULTS.put("batchSize", "100");
        DEFAULTS.put("batchBytes", "");
        DEFAULTS.put("batchTimeout", "5m");
        DEFAULTS.put("onBadFile", "quarantine");
        DEFAULTS.put("maxBadFiles", "10");
        DEFAULTS.put("onOverwrite", "load");
        DEFAULTS.put("writeMode", "append");
        DEFAULTS.put("schemaEvolution", "none");
        DEFAULTS.put("keys", "");
        DEFAULTS.put("orderBy", "");
        DEFAULTS.put("preSql", "");
        DEFAULTS.put("postSql", "");
        DEFAULTS.put("fileColumn", "");
        DEFAULTS.put("loadedAtColumn", "");
        DEFAULTS.put("manifestPrefix", "");
        DEFAULTS.put("loadedTopic", "");
        DEFAULTS.put("failedTopic", "");
    }

    /** Every property of a feed that {@link Feeds} knows. */
    public static List<FeedProperty> of(Feed feed) {
        return DEFAULTS.keySet().stream().map(name -> of(feed, name)).toList();
    }

    private static FeedProperty of(Feed feed, String name) {
        Optional<FeedProperty> own = feed.written(name).map(value -> new FeedProperty(name, value, "feed"));
        String setting = Feeds.SHARED_KEYS.get(name);
        if (own.isPresent()) {
            return own.get();
        }
        return setting == null
                ? new FeedProperty(name, DEFAULTS.getOrDefault(name, ""), "default")
                : new FeedProperty(name, feed.writtenForAll(name).orElse(DEFAULTS.getOrDefault(name, "")), setting);
    }
}
