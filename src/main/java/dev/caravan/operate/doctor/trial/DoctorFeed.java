package dev.caravan.operate.doctor.trial;

import dev.caravan.base.Fault;
import dev.caravan.feed.Feed;
import dev.caravan.feed.FeedDefaults;
import dev.caravan.feed.Feeds;
import dev.caravan.s3.event.S3Prefix;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Feeds that only exist here: checked, and given the installation's defaults, as those of YAML are. */
public record DoctorFeed(String cluster, FeedDefaults defaults, S3Prefix place) {
    static final String NAME = "doctor";

    /**
     * A feed of CSV files.
     *
     * @param table as a feed writes it
     * @param more sets what else it has
     */
    Feed into(String table, Consumer<Feed> more) {
        Feed feed = feed(table);
        more.accept(feed);
        Feeds feeds = new Feeds(() -> Map.of(NAME, feed), defaults);
        List<Fault> faults = feeds.faults();
        if (!faults.isEmpty()) {
            throw new IllegalStateException("a proof's own feed is not good: " + faults);
        }
        return feeds.named(NAME).orElseThrow();
    }

    /** What of the installation's defaults keeps any feed from loading this cluster. */
    public static List<Fault> faults(Place place) {
        return anyOf(place).faults();
    }

    /** Where manifests are written; as many of a feed's faults as {@link #faults} finds must be none. */
    public static S3Prefix manifests(Place place) {
        return anyOf(place)
                .named(NAME)
                .flatMap(Feed::manifestPrefix)
                .orElseThrow(() -> new IllegalArgumentException("there is no caravan.manifest-prefix"));
    }

    private static Feeds anyOf(Place place) {
        Feed feed = new Feed();
        feed.set("prefix", NAME);
        feed.set("table", NAME);
        feed.set("clusters", place.cluster());
        return new Feeds(() -> Map.of(NAME, feed), place.defaults());
    }

    private Feed feed(String table) {
        Feed feed = new Feed();
        feed.set("prefix", place.bucket() + "/" + place.key() + "files/");
        feed.set("manifestPrefix", place.bucket() + "/" + place.key() + "manifests");
        feed.set("table", table);
        feed.set("clusters", cluster);
        return feed;
    }
}
