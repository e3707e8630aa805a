package dev.caravan.feed;

import dev.caravan.base.property.Property;
import dev.caravan.base.property.Values;
import dev.caravan.feed.property.FeedProperties;
import java.util.List;

/**
 * A property of a feed as it is in force.
 *
 * @param name for example {@code batchSize}
 * @param value as one would write it, a secret as {@code ***}; empty for none
 * @param from {@code feed} if the feed says so, {@code default}, or the setting that says so for all feeds, for example {@code caravan.clusters}
 */
public record FeedProperty(String name, String value, String from) {

    /** Every property of a feed that {@link Feeds} knows. */
    public static List<FeedProperty> of(Feed feed) {
        return FeedProperties.ALL.all().stream()
                .map(property -> of(feed.values(), property))
                .toList();
    }

    private static FeedProperty of(Values values, Property<?> property) {
        return values.written(property)
                .map(own -> new FeedProperty(property.name(), own, "feed"))
                .orElseGet(() -> new FeedProperty(
                        property.name(),
                        values.writtenForAll(property).orElse(property.writtenDefault()),
                        property.setting().orElse("default")));
    }
}
