package dev.caravan.sandbox.bench.micro;

import dev.caravan.feed.Feed;
import dev.caravan.feed.FeedDefaults;
import dev.caravan.feed.Feeds;
import dev.caravan.s3.event.ObjectCreated;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Which of 10,000 feeds takes an object. Once a second the feeds are read again, as in the product. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PrefixMatching {
    private static final int FEEDS = 10_000;

    private final Feeds feeds = new Feeds(() -> Holder.BEANS, FEED_DEFAULTS);
    private int next;

    private static final FeedDefaults FEED_DEFAULTS =
            new FeedDefaults("redshift", "default", "", "manifests/all", "loaded", "failed");

    /** The feeds that take one object after the other, each another feed's. */
    @Benchmark
    public List<Feed> tenThousandFeeds() {
        next = (next + 7) % FEEDS;
        return feeds.match(Holder.OBJECTS.get(next));
    }

    private static final class Holder {
        static final Map<String, Feed> BEANS = new HashMap<>();
        static final List<ObjectCreated> OBJECTS;

        static {
            for (int i = 0; i < FEEDS; i++) {
                Feed feed = new Feed();
                feed.set("prefix", "landing/" + folder(i));
                feed.set("table", "public.t" + i);
                BEANS.put("feed" + i, feed);
            }
            OBJECTS = IntStream.range(0, FEEDS)
                    .mapToObj(i -> new ObjectCreated(
                            "landing", folder(i) + "x".repeat(70) + ".csv", "1", 1_000, Instant.EPOCH))
                    .toList();
        }

        private static String folder(int i) {
            return "in/" + "deep/".repeat(i % 10) + "feed" + i + "/";
        }
    }
}
