package dev.caravan.redshift.admission;

import dev.caravan.base.Quantity;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.FeedPauses.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This instance's view of which feeds are paused, seconds old at most. Says in the log when a pause begins and when it ends. */
final class PausedFeeds {
    private static final Logger LOG = LoggerFactory.getLogger(PausedFeeds.class);

    /** How old the view may be when a load begins. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final FeedPauses pauses;
    private final Clock clock;
    private final Map<String, Pause> paused = new ConcurrentHashMap<>();
    private volatile Instant read = Instant.MIN;

    PausedFeeds(FeedPauses pauses, Clock clock) {
        this.pauses = pauses;
        this.clock = clock;
    }

    /** Why nothing of a feed is loaded now; empty if it is. */
    Optional<String> reason(String feed) {
        if (isOlderThan(FRESH)) {
            read();
        }
        return Optional.ofNullable(paused.get(feed))
                .map(pause -> "feed " + feed + " is paused since " + pause.since()
                        + (pause.reason().isEmpty() ? "" : ": " + pause.reason()));
    }

    /** Looks for pauses that have begun; while there are some, at each call for those that have ended. Returns the latter's feeds. */
    Set<String> ended() {
        return paused.isEmpty() && !isOlderThan(Clusters.LOOK) ? Set.of() : read();
    }

    private boolean isOlderThan(Duration age) {
        return read.equals(Instant.MIN) || !read.plus(age).isAfter(clock.instant());
    }

    /** The feeds that are paused. */
    Set<String> names() {
        return Set.copyOf(paused.keySet());
    }

    private synchronized Set<String> read() {
        List<Pause> now = pauses.all();
        read = clock.instant();
        Set<String> ended = new TreeSet<>(paused.keySet());
        for (Pause pause : now) {
            ended.remove(pause.feed());
            if (paused.put(pause.feed(), pause) == null) {
                LOG.info(
                        "Feed {} is paused since {}{}: its files are recorded, nothing of it is loaded",
                        pause.feed(),
                        pause.since(),
                        pause.reason().isEmpty() ? "" : " (" + pause.reason() + ")");
            }
        }
        for (String feed : ended) {
            Pause pause = paused.remove(feed);
            if (pause != null) {
                LOG.info(
                        "Feed {} is resumed after {}; what has waited for it is loaded now, oldest first",
                        feed,
                        Quantity.inWords(Duration.between(pause.since(), read)));
            }
        }
        return ended;
    }
}
