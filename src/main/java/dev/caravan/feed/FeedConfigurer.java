package dev.caravan.feed;

import dev.caravan.base.property.BeanConfigurer;
import dev.caravan.base.property.Values;
import dev.caravan.feed.property.FeedProperties;
import java.util.Map;
import java.util.Optional;

/** Sets a feed's properties for Camel, which finds this class in {@code META-INF/services/org/apache/camel/configurer/Feed}. */
public final class FeedConfigurer extends BeanConfigurer {
    public FeedConfigurer() {
        super(FeedProperties.ALL);
    }

    /** A feed with these properties; {@link Feeds#faults} says what is wrong with them. */
    public static Feed feed(Map<String, String> properties) {
        Feed feed = new Feed();
        properties.forEach(feed::set);
        return feed;
    }

    @Override
    protected Optional<Values> values(Object bean) {
        return bean instanceof Feed feed ? Optional.of(feed.values()) : Optional.empty();
    }
}
