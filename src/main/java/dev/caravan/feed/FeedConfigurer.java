package dev.caravan.feed;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurer;
import org.jspecify.annotations.Nullable;

/**
 * Sets a feed's properties for Camel, which finds this class by the bean's simple class name in
 * {@code META-INF/services/org/apache/camel/configurer}. It takes every name, so that an unknown one becomes a {@link Fault} among the others
 * instead of ending the start at the first.
 */
public final class FeedConfigurer implements PropertyConfigurer {
    static final Map<String, BiConsumer<Feed, String>> SETTERS = Map.ofEntries(
            entry("prefix", Feed::setPrefix),
            entry("filter", Feed::setFilter),
            entry("table", Feed::setTable),
            entry("columns", Feed::setColumns),
            entry("format", Feed::setFormat),
            entry("copyOptions", Feed::setCopyOptions),
            entry("iamRole", Feed::setIamRole),
            entry("clusters", Feed::setClusters),
            entry("batchSize", Feed::setBatchSize),
            entry("batchBytes", Feed::setBatchBytes),
            entry("batchTimeout", Feed::setBatchTimeout),
            entry("manifestPrefix", Feed::setManifestPrefix),
            entry("loadedTopic", Feed::setLoadedTopic),
            entry("failedTopic", Feed::setFailedTopic),
            entry("paused", Feed::setPaused));

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
        if (setter == null) {
            String hint = Nearest.hint(name, SETTERS.keySet())
                    .orElse("a feed has "
                            + String.join(
                                    ", ", SETTERS.keySet().stream().sorted().toList()));
            feed.remember(new Fault(name, text, "unknown property '" + name + "'; " + hint));
        } else {
            setter.accept(feed, text);
        }
        return true;
    }
}
