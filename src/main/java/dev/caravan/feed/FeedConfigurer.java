package dev.caravan.feed;

import static java.util.Map.entry;

import java.util.AbstractMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.jspecify.annotations.Nullable;

/**
 * Sets a feed's properties for Camel, which finds this class by the bean's simple class name in
 * {@code META-INF/services/org/apache/camel/configurer}. It takes every name, so that an unknown one becomes a {@link Fault} among the others
 * instead of ending the start at the first.
 */
public final class FeedConfigurer implements PropertyConfigurer, PropertyConfigurerGetter {
    private static final Pattern SECRET =
            Pattern.compile("key|master|symm|secret|password|token|credential", Pattern.CASE_INSENSITIVE);

    static final Map<String, BiConsumer<Feed, String>> SETTERS = Map.ofEntries(
            entry("prefix", Feed::setPrefix),
            entry("filter", Feed::setFilter),
            entry("keyPattern", Feed::setKeyPattern),
            entry("discard", Feed::setDiscard),
            entry("onMatch", Feed::setOnMatch),
            entry("table", Feed::setTable),
            entry("columns", Feed::setColumns),
            entry("format", Feed::setFormat),
            entry("copyOptions", Feed::setCopyOptions),
            entry("masterSymmetricKey", Feed::setMasterSymmetricKey),
            entry("iamRole", Feed::setIamRole),
            entry("copyCredentials", Feed::setCopyCredentials),
            entry("accessKeyId", Feed::setAccessKeyId),
            entry("secretAccessKey", Feed::setSecretAccessKey),
            entry("clusters", Feed::setClusters),
            entry("clusterTables", Feed::setClusterTables),
            entry("allowedTables", Feed::setAllowedTables),
            entry("batchSize", Feed::setBatchSize),
            entry("batchBytes", Feed::setBatchBytes),
            entry("batchTimeout", Feed::setBatchTimeout),
            entry("onBadFile", Feed::setOnBadFile),
            entry("maxBadFiles", Feed::setMaxBadFiles),
            entry("onOverwrite", Feed::setOnOverwrite),
            entry("writeMode", Feed::setWriteMode),
            entry("schemaEvolution", Feed::setSchemaEvolution),
            entry("keys", Feed::setKeys),
            entry("orderBy", Feed::setOrderBy),
            entry("preSql", Feed::setPreSql),
            entry("postSql", Feed::setPostSql),
            entry("fileColumn", Feed::setFileColumn),
            entry("loadedAtColumn", Feed::setLoadedAtColumn),
            entry("manifestPrefix", Feed::setManifestPrefix),
            entry("loadedTopic", Feed::setLoadedTopic),
            entry("failedTopic", Feed::setFailedTopic));

    /** A feed with these properties; {@link Feeds#faults} says what is wrong with them. */
    public static Feed feed(Map<String, String> properties) {
        Feed feed = new Feed();
        properties.forEach((name, text) -> set(feed, name, text, Optional.ofNullable(SETTERS.get(name))));
        return feed;
    }

    @Override
    public boolean configure(
            CamelContext context, Object target, String name, @Nullable Object value, boolean ignoreCase) {
        if (!(target instanceof Feed feed)) {
            return false;
        }
        String text = value == null ? "" : value.toString();
        BiConsumer<Feed, String> setter = SETTERS.get(name);
        if (setter == null && ignoreCase) {
            String folded = name.toLowerCase(Locale.ROOT);
            setter = SETTERS.entrySet().stream()
                    .filter(e -> e.getKey().toLowerCase(Locale.ROOT).equals(folded))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(null);
        }
        set(feed, name, text, Optional.ofNullable(setter));
        return true;
    }

    private static void set(Feed feed, String name, String text, Optional<BiConsumer<Feed, String>> setter) {
        if (setter.isEmpty()) {
            String hint = Nearest.hint(name, SETTERS.keySet())
                    .orElse("a feed has "
                            + String.join(
                                    ", ", SETTERS.keySet().stream().sorted().toList()));
            feed.remember(new Fault(name, shown(name, text), "unknown property '" + name + "'; " + hint));
        } else {
            setter.get().accept(feed, text);
        }
    }

    /** A secret may stand under a misspelled name. */
    private static String shown(String name, String value) {
        return SECRET.matcher(name).find() ? "" : value;
    }

    @Override
    public @Nullable Class<?> getOptionType(String name, boolean ignoreCase) {
        return SETTERS.containsKey(name) ? String.class : null;
    }

    /** Camel asks for this only to set something within a property; no property has parts, so that this too becomes a fault. */
    @Override
    public @Nullable Object getOptionValue(Object target, String name, boolean ignoreCase) {
        return target instanceof Feed feed ? new NoParts(feed, name) : null;
    }

    private static final class NoParts extends AbstractMap<String, Object> {
        private final Feed feed;
        private final String property;

        NoParts(Feed feed, String property) {
            this.feed = feed;
            this.property = property;
        }

        @Override
        public @Nullable Object put(String part, Object value) {
            String advice = "a property of a feed has no parts; write one text, several names separated by commas";
            feed.remember(new Fault(property + "." + part, shown(property, String.valueOf(value)), advice));
            return null;
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return Set.of();
        }
    }
}
