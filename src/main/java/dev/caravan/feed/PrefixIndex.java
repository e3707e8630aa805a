package dev.caravan.feed;

import dev.caravan.event.ObjectCreated;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Finds the feed of an object in a time that depends on how many different lengths the prefixes have, not on how many prefixes there are.
 * Immutable once built.
 */
final class PrefixIndex {
    private final Map<String, Feed> feeds = new HashMap<>();
    private final TreeSet<Integer> lengths = new TreeSet<>();

    /** If two feeds have one prefix, the first keeps it. */
    PrefixIndex(Collection<Feed> all) {
        for (Feed feed : all) {
            feed.prefix().ifPresent(prefix -> {
                feeds.putIfAbsent(prefix.toString(), feed);
                lengths.add(prefix.toString().length());
            });
        }
    }

    Optional<Feed> match(ObjectCreated object) {
        String path = object.bucket() + "/" + object.key();
        for (int length : lengths.headSet(path.length(), true).descendingSet()) {
            Feed feed = feeds.get(path.substring(0, length));
            if (feed != null && feed.wants(object.key())) {
                return Optional.of(feed);
            }
        }
        return Optional.empty();
    }

    /** The feed that has a prefix. */
    Optional<Feed> owner(S3Prefix prefix) {
        return Optional.ofNullable(feeds.get(prefix.toString()));
    }
}
