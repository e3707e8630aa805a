package dev.caravan.feed;

import dev.caravan.base.Fault;
import dev.caravan.base.property.Property;
import dev.caravan.base.property.Values;
import dev.caravan.feed.property.FeedProperties;
import dev.caravan.redshift.target.CopyCredentials;
import dev.caravan.redshift.target.ReservedTables;
import dev.caravan.s3.event.ObjectCreated;
import dev.caravan.s3.event.S3Prefix;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All feeds. Which one takes an object, and what is wrong with their configuration. The feeds are read again from their source at most once a
 * second, when somebody asks, so that a bean that Camel reloads is seen. Safe for use by many threads.
 */
public final class Feeds {
    private static final Logger LOG = LoggerFactory.getLogger(Feeds.class);
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private final Supplier<Map<String, Feed>> source;
    private final LongSupplier nanoClock;
    private final UnaryOperator<String> places;
    private final Values shared = new Values(FeedProperties.ALL);
    private final ReservedTables reserved;
    private volatile @Nullable Snapshot snapshot;
    private volatile List<String> refused = List.of();
    private Map<String, Feed> refusedFeeds = Map.of();

    private record Snapshot(SortedMap<String, Feed> feeds, PrefixIndex index, long readAt) {}

    /**
     * @param source the feed beans by their names, for example all beans of that type in Camel's registry
     * @param defaults what a feed takes when it doesn't say otherwise
     */
    public Feeds(Supplier<Map<String, Feed>> source, FeedDefaults defaults) {
        this(source, defaults, System::nanoTime);
    }

    /** @param places where the property of a fault's key stands: {@code routes/feeds.camel.yaml, line 7} */
    public Feeds(Supplier<Map<String, Feed>> source, FeedDefaults defaults, UnaryOperator<String> places) {
        this(source, defaults, System::nanoTime, places);
    }

    Feeds(Supplier<Map<String, Feed>> source, FeedDefaults defaults, LongSupplier nanoClock) {
        this(source, defaults, nanoClock, key -> "");
    }

    private Feeds(
            Supplier<Map<String, Feed>> source,
            FeedDefaults defaults,
            LongSupplier nanoClock,
            UnaryOperator<String> places) {
        this.source = source;
        this.places = places;
        this.nanoClock = nanoClock;
        defaults.values().forEach((property, text) -> shared.set(property.name(), text));
        reserved = new ReservedTables(defaults.clusterSchema());
    }

    /**
     * The feeds that take an object: the one with the longest prefix of {@code bucket/key} whose filter the object's file name passes and, while a feed
     * says {@code onMatch: continue}, the next. If one of them discards, the object is let go there. Empty if no feed wants it.
     */
    public List<Feed> match(ObjectCreated object) {
        return current().index().match(object);
    }

    /** Whether a feed takes an object, and doesn't let it go. */
    public boolean takes(Feed feed, ObjectCreated object) {
        return match(object).stream().anyMatch(taker -> taker.name().equals(feed.name()) && !taker.discard());
    }

    public Optional<Feed> named(String name) {
        return Optional.ofNullable(current().feeds().get(name));
    }

    /** Every feed that loads, in the order of their names. */
    public List<Feed> all() {
        return current().feeds().values().stream()
                .filter(feed -> !feed.discard())
                .toList();
    }

    /** Everything that is wrong now, in the order of the feeds' names; a fault's key is {@code feed.property}, or a key of {@code caravan.*}. */
    public List<Fault> faults() {
        Snapshot now = read();
        snapshot = now;
        return faults(now);
    }

    private List<Fault> faults(Snapshot now) {
        List<Fault> faults = new ArrayList<>();
        shared.faults().forEach(f -> faults.add(new Fault(setting(f.key()), f.value(), f.advice())));
        for (Feed feed : now.feeds().values()) {
            var ofFeed = new Faults(feed.name());
            feed.faults().forEach(f -> ofFeed.add(f.key(), f.value(), f.advice()));
            whatIsMissing(feed, ofFeed);
            whatClashes(feed, now.index(), ofFeed);
            CopyRules.faults(feed).forEach(f -> ofFeed.add(f.key(), f.value(), f.advice()));
            faults.addAll(ofFeed.list());
        }
        return faults;
    }

    private static String setting(String property) {
        return FeedProperties.ALL.named(property).flatMap(Property::setting).orElse(property);
    }

    private static void whatIsMissing(Feed feed, Faults faults) {
        if (!NAME.matcher(feed.name()).matches()) {
            faults.add("name", feed.name(), "rename the bean: 1 to 64 letters, digits, dots, hyphens or underscores");
        }
        if (feed.prefix().isEmpty()) {
            faults.addIfNew("prefix", "missing; write the bucket/prefix whose objects are loaded");
        }
        if (feed.discard()) {
            return;
        }
        if (feed.table().isEmpty()) {
            faults.addIfNew("table", "missing; write the schema.table to load");
        }
        if (feed.clusters().isEmpty()) {
            faults.addIfNew("clusters", "missing; name a DataSource bean here or in caravan.clusters");
        }
        FeedRules.broken(feed).forEach(rule -> faults.addIfNew(rule.property(), rule.value(), rule.advice()));
        if (feed.copyCredentials() == CopyCredentials.ROLE && feed.iamRole().isEmpty()) {
            faults.addIfNew("iamRole", "missing; write a role's ARN or default, here or in caravan.iam-role");
        }
        if (feed.manifestPrefix().isEmpty()) {
            faults.addIfNew(
                    "manifestPrefix",
                    "missing; write the bucket/prefix for manifests, here or in caravan.manifest-prefix");
        }
    }

    private static void whatClashes(Feed feed, PrefixIndex index, Faults faults) {
        feed.format()
                .jsonPaths()
                .flatMap(S3Prefix::of)
                .flatMap(
                        file -> index.match(new ObjectCreated(file.bucket(), file.key(), "", 0, Instant.EPOCH)).stream()
                                .filter(taker -> !taker.discard())
                                .findFirst())
                .ifPresent(taker -> faults.add(
                        "format",
                        feed.format().argument(),
                        "feed '" + taker.name() + "' would load the jsonpaths file as data; put it outside its prefix '"
                                + taker.writtenPrefix() + "'"));
        index.hiding(feed).stream()
                .findFirst()
                .ifPresent(other -> faults.add(
                        "prefix",
                        feed.writtenPrefix(),
                        "feed '" + other.name()
                                + "' has the same prefix; give each its own, or another filter, or '" + other.name()
                                + "' onMatch: continue"));
        feed.manifestPrefix()
                .flatMap(place -> index.match(manifest(place)).stream()
                        .filter(taker -> !taker.discard())
                        .findFirst())
                .ifPresent(taker -> faults.add(
                        "manifestPrefix",
                        String.valueOf(feed.manifestPrefix().orElseThrow()),
                        "feed '" + taker.name()
                                + "' would load the manifests as data; choose a place outside its prefix '"
                                + taker.writtenPrefix() + "'"));
    }

    /** What a manifest written there would look like to S3's events. */
    private static ObjectCreated manifest(S3Prefix place) {
        String folder = place.key().isEmpty() || place.key().endsWith("/") ? place.key() : place.key() + "/";
        return new ObjectCreated(place.bucket(), folder + "feed/batch-1.manifest", "", 0, Instant.EPOCH);
    }

    private Snapshot current() {
        Snapshot seen = snapshot;
        if (seen != null && nanoClock.getAsLong() - seen.readAt() < FRESH_NANOS) {
            return seen;
        }
        synchronized (this) {
            Snapshot latest = snapshot;
            return latest != null && nanoClock.getAsLong() - latest.readAt() < FRESH_NANOS ? latest : refreshed();
        }
    }

    /** Feeds that changed while Caravan runs are taken up all together, and only if nothing is wrong with them. */
    private synchronized Snapshot refreshed() {
        Snapshot seen = snapshot;
        Snapshot now = read();
        if (seen != null && !seen.feeds().equals(now.feeds())) {
            List<Fault> faults = faults(now);
            if (!faults.isEmpty()) {
                refused = faults.stream().map(this::placed).toList();
                tellOnce(now);
                now = new Snapshot(seen.feeds(), seen.index(), now.readAt());
            } else {
                mended();
                LOG.info(
                        "The feeds have changed: {}",
                        String.join(", ", now.feeds().keySet()));
            }
        } else {
            mended();
        }
        snapshot = now;
        return now;
    }

    /** What is wrong with feeds that have changed since the start, and are therefore not in force; empty if what is written is in force. */
    public List<String> refused() {
        var unused = current();
        return refused;
    }

    private void mended() {
        refused = List.of();
        refusedFeeds = Map.of();
    }

    private String placed(Fault fault) {
        String place = places.apply(fault.key());
        return place.isEmpty() ? fault.toString() : place + ": " + fault;
    }

    private void tellOnce(Snapshot now) {
        if (!now.feeds().equals(refusedFeeds)) {
            refusedFeeds = now.feeds();
            LOG.warn(
                    "The feeds have changed, but stay as they were until this is fixed: {}",
                    String.join("; ", refused));
        }
    }

    private Snapshot read() {
        SortedMap<String, Feed> feeds = new TreeMap<>(source.get());
        feeds.forEach((name, feed) -> feed.adopt(name, shared, reserved));
        return new Snapshot(feeds, new PrefixIndex(feeds.values()), nanoClock.getAsLong());
    }

    private record Faults(String feed, List<Fault> list) {
        Faults(String feed) {
            this(feed, new ArrayList<>());
        }

        void add(String property, String value, String advice) {
            list.add(new Fault(feed + "." + property, value, advice));
        }

        void addIfNew(String property, String advice) {
            addIfNew(property, "", advice);
        }

        /** A property that has a fault already is not missing as well. */
        void addIfNew(String property, String value, String advice) {
            if (list.stream().noneMatch(f -> f.key().equals(feed + "." + property))) {
                add(property, value, advice);
            }
        }
    }
}
