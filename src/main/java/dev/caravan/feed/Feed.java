package dev.caravan.feed;

import dev.caravan.base.Fault;
import dev.caravan.base.property.Values;
import dev.caravan.feed.capture.AllowedTables;
import dev.caravan.feed.capture.KeyPattern;
import dev.caravan.feed.capture.ObjectPrefix;
import dev.caravan.feed.capture.Unresolved;
import dev.caravan.feed.property.BatchProperties;
import dev.caravan.feed.property.ClusterProperties;
import dev.caravan.feed.property.FeedProperties;
import dev.caravan.feed.property.FormatProperties;
import dev.caravan.feed.property.MatchPolicy;
import dev.caravan.feed.property.MessageProperties;
import dev.caravan.feed.property.ObjectProperties;
import dev.caravan.feed.property.TableProperties;
import dev.caravan.redshift.target.CopyFormat;
import dev.caravan.redshift.target.ReservedTables;
import dev.caravan.redshift.target.TableName;
import dev.caravan.redshift.target.Target;
import dev.caravan.s3.event.S3Prefix;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Which objects go to which table, how, and in what batches. One YAML bean of type {@code dev.caravan.feed.Feed} is one feed; the bean's
 * name is the feed's name: 1 to 64 letters, digits, dots or underscores. {@link FeedProperties} says what its properties are. Setting one never throws: what
 * is wrong is remembered as a {@link Fault}, so that start-up can report everything at once.
 *
 * <p>Properties are written by Camel, through {@link FeedConfigurer}, before anything else sees the bean; {@link Feeds} then gives it its name and the
 * defaults. The other methods say what was understood, under the property's own name, which is also what Camel's simple language calls them
 * ({@code ${exchangeProperty.feed.batchSize}}).
 */
public final class Feed extends FeedLoads {
    private final Resolution resolution;
    private final String captured;
    private volatile String name = "";
    private volatile ReservedTables reserved = new ReservedTables("caravan");

    /** Without a property yet. */
    public Feed() {
        super(new Values(FeedProperties.ALL));
        resolution = new Resolution(this);
        captured = "";
    }

    private Feed(Feed feed, String captured, Values values) {
        super(values);
        this.resolution = feed.resolution;
        this.captured = captured;
        name = feed.name;
        reserved = feed.reserved;
    }

    /** Sets a property, as its name and its text stand in YAML. */
    public void set(String property, String text) {
        values().set(property, text);
    }

    /** The bean's name; empty until {@link Feeds} has seen the bean. */
    @Override
    public String name() {
        return name;
    }

    @Override
    public String inWords() {
        return "feed '" + name + "'";
    }

    @Override
    public String filesUrl() {
        return "s3://" + bucket() + "/" + keyPrefix();
    }

    @Override
    public Target target() {
        return this;
    }

    /** The bucket; empty if {@code prefix} is missing, which is a fault. */
    public String bucket() {
        return prefix().map(S3Prefix::bucket).orElse("");
    }

    /** What all keys begin with, up to the first {@code *} of the prefix; may be empty. */
    public String keyPrefix() {
        return prefix().map(S3Prefix::head).orElse("");
    }

    /** The prefix as it was written, {@code bucket/prefix}; empty if it is missing. */
    @Override
    public String writtenPrefix() {
        return prefix().map(S3Prefix::toString).orElse("");
    }

    Optional<S3Prefix> prefix() {
        return values().find(ObjectProperties.PREFIX).map(ObjectPrefix::prefix);
    }

    /** Whether the objects are let go. */
    public boolean discard() {
        return values().get(ObjectProperties.DISCARD);
    }

    /** Whether an object that this feed takes may go to others as well. */
    public MatchPolicy onMatch() {
        return values().get(ObjectProperties.ON_MATCH);
    }

    /** The regular expression that file names must match. */
    public String filter() {
        return values().get(ObjectProperties.FILTER).pattern();
    }

    /** The regular expression that whole keys must match. */
    public Optional<String> keyPattern() {
        return wholeKey().map(whole -> whole.pattern().pattern());
    }

    Optional<KeyPattern> wholeKey() {
        return values().find(ObjectProperties.KEY_PATTERN);
    }

    /** Whether a key that begins with {@link #keyPrefix} begins with all of the prefix, and its file name passes the filter. */
    boolean wants(String key) {
        String fileName = key.substring(key.lastIndexOf('/') + 1);
        return values().find(ObjectProperties.PREFIX)
                        .map(prefix -> prefix.begins(key))
                        .orElse(true)
                && values().get(ObjectProperties.FILTER).matcher(fileName).matches()
                && wholeKey().map(whole -> whole.matches(key)).orElse(true);
    }

    /**
     * The table, a text that {@link TableName#of} takes, once the feed is that of an object or a batch; before, it may refer to captures. Empty
     * if it is missing, which is a fault.
     */
    @Override
    public String table() {
        return values().get(TableProperties.TABLE);
    }

    /** The tables of clusters in which it isn't {@link #table}. */
    public Map<String, String> clusterTables() {
        return values().get(ClusterProperties.CLUSTER_TABLES);
    }

    /** The tables that captures may make, as they were written; empty if nothing is said of them. */
    public Optional<String> allowedTables() {
        return allowed().map(AllowedTables::text);
    }

    Optional<AllowedTables> allowed() {
        return values().find(ClusterProperties.ALLOWED_TABLES);
    }

    /** The tables that neither it nor captures may name. */
    ReservedTables reserved() {
        return reserved;
    }

    /** Of a feed whose captures decide a table with nothing that limits them: what {@code allowedTables} may say. */
    public Optional<String> unlimitedTables() {
        return TableRules.wanted(this);
    }

    /** What the files of one of its batches have in common: its name and, if its table or options depend on the object, what they depend on. */
    @Override
    public String key() {
        return captured.isEmpty() ? name : captured;
    }

    /** Whether table or options depend on the object. */
    public boolean isCapturing() {
        return captured.isEmpty() && resolution.isNeeded();
    }

    /**
     * This feed as it is for an object that it wants.
     *
     * @throws Unresolved if what {@code keyPattern} matches makes no table, or no options
     */
    public Feed ofObject(String objectKey) throws Unresolved {
        return resolution.ofObject(objectKey);
    }

    /**
     * This feed as it is for a batch.
     *
     * @param key the batch's, as {@link #key} gave it
     * @throws Unresolved if the feed now needs what the key doesn't have, because it was changed since
     */
    public Feed ofBatch(String key) throws Unresolved {
        return resolution.ofBatch(key);
    }

    /** This feed as it is in one of its clusters. */
    @Override
    public Feed in(String cluster) {
        String own = clusterTables().get(cluster);
        return own == null ? this : resolved(captured, own, Map.of(), copyOptions(), format());
    }

    Feed resolved(String key, String itsTable, Map<String, String> tables, String options, CopyFormat itsFormat) {
        return new Feed(
                this,
                key,
                values().copy()
                        .with(TableProperties.TABLE, itsTable)
                        .with(ClusterProperties.CLUSTER_TABLES, tables)
                        .with(FormatProperties.COPY_OPTIONS, options)
                        .with(FormatProperties.FORMAT, itsFormat));
    }

    /** Files; for {@code auto}, the most that a batch may have. */
    public int batchSize() {
        return values().get(BatchProperties.BATCH_SIZE).orElseGet(() -> FeedRules.mostFiles(this));
    }

    /** Whether the number of files that make a batch complete follows cluster and arrival. */
    public boolean isBatchSizeAuto() {
        return values().get(BatchProperties.BATCH_SIZE).isEmpty();
    }

    /** Bytes; {@link Long#MAX_VALUE} if there is no limit. */
    public long batchBytes() {
        return values().get(BatchProperties.BATCH_BYTES);
    }

    public Duration batchTimeout() {
        return values().get(BatchProperties.BATCH_TIMEOUT);
    }

    /** What it is for, in a person's words, on one line; may be empty. */
    public String description() {
        return values().get(MessageProperties.DESCRIPTION);
    }

    /** The bean's own faults, by property; what it lacks is for {@link Feeds} to say. */
    Collection<Fault> faults() {
        return values().faults();
    }

    void adopt(String beanName, Values shared, ReservedTables kept) {
        name = beanName;
        values().fallBackTo(shared);
        reserved = kept;
        resolution.refresh();
    }
}
