package dev.caravan.feed;

import dev.caravan.feed.property.MatchPolicy;
import dev.caravan.s3.event.ObjectCreated;
import dev.caravan.s3.event.S3Prefix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Finds the feeds of an object in a time that depends on how many different lengths the prefixes have, up to their first {@code *}, not on how many
 * prefixes there are. Immutable once built.
 */
final class PrefixIndex {
    /** The longest prefix first, a wild one behind a plain one, and then by name. */
    private static final Comparator<Feed> ORDER = Comparator.comparing(
                    (Feed feed) -> feed.prefix().orElseThrow(),
                    Comparator.comparing(S3Prefix::weight).reversed().thenComparing(S3Prefix::isWild))
            .thenComparing(Feed::name);

    private final Map<String, List<Feed>> byHead = new HashMap<>();
    private final TreeSet<Integer> lengths = new TreeSet<>();

    PrefixIndex(Collection<Feed> all) {
        all.stream().filter(feed -> feed.prefix().isPresent()).sorted(ORDER).forEach(feed -> {
            String head = feed.bucket() + "/" + feed.keyPrefix();
            byHead.computeIfAbsent(head, h -> new ArrayList<>()).add(feed);
            lengths.add(head.length());
        });
    }

    /** Those that take the object: the first, and while it lets others have it too, the next. */
    List<Feed> match(ObjectCreated object) {
        List<Feed> wanting = wanting(object);
        for (int i = 0; i < wanting.size(); i++) {
            if (wanting.get(i).onMatch() == MatchPolicy.STOP || wanting.get(i).discard()) {
                return wanting.subList(0, i + 1);
            }
        }
        return wanting;
    }

    private List<Feed> wanting(ObjectCreated object) {
        String path = object.bucket() + "/" + object.key();
        List<Feed> wanting = new ArrayList<>(1);
        boolean wild = false;
        for (int length : lengths.headSet(path.length(), true).descendingSet()) {
            for (Feed feed : byHead.getOrDefault(path.substring(0, length), List.of())) {
                if (feed.wants(object.key())) {
                    wanting.add(feed);
                    wild |= feed.prefix().map(S3Prefix::isWild).orElse(false);
                }
            }
        }
        if (wild) {
            wanting.sort(ORDER);
        }
        return wanting;
    }

    /** Another feed that leaves this one nothing: it has the same prefix and filter, comes first, and stops. */
    List<Feed> hiding(Feed hidden) {
        return byHead.getOrDefault(hidden.bucket() + "/" + hidden.keyPrefix(), List.of()).stream()
                .takeWhile(feed -> feed != hidden)
                .filter(feed -> feed.prefix().equals(hidden.prefix()))
                .filter(feed -> feed.filter().equals(hidden.filter()))
                .filter(feed -> feed.keyPattern().isEmpty() || feed.keyPattern().equals(hidden.keyPattern()))
                .filter(feed -> feed.onMatch() == MatchPolicy.STOP)
                .toList();
    }
}
