package dev.caravan.batch;

/**
 * What steps of routes hand one another beside the body: the names of exchange properties. Each is set by one step, or by those of one stage, and may be read
 * by all after it, in YAML too. What one class of steps keeps for itself is not here. {@code docs/reference/exchange-properties.md} has them as a table.
 */
public final class ExchangeProperties {
    /** The feed, as {@link LoadSettings}. Set when an object is matched, and anew when a load begins; read by whatever loads and tells. */
    public static final String FEED = "feed";

    /** The key of the file's batch. Set with {@link #FEED}; the aggregator correlates by it. */
    public static final String BATCH_KEY = "batchKey";

    /**
     * The {@link BatchLimits}, a file's own, taken once, so that aggregator and ledger judge the batch by the same, though {@code batchSize: auto} may change
     * at any moment. Set with {@link #FEED}; read by {@link BatchStrategy} and the ledger's repository.
     */
    public static final String LIMITS = "limits";

    /** The number of files that completes the batch. Set by {@link BatchStrategy}; read by the aggregator. */
    public static final String BATCH_FILES = "batchFiles";

    /** Whether the batch has the bytes that complete it. Set by {@link BatchStrategy}; read by the aggregator. */
    public static final String HAS_BYTES = "hasBytes";

    /** Milliseconds until the file's batch is due, at least 1. Set by {@link BatchStrategy}; read by the aggregator's timer. */
    public static final String DUE_IN = "dueIn";

    /** The {@link FileEntry} that joins; absent when a timeout completes the batch. Set by {@link BatchStrategy}; read by the ledger's repository. */
    public static final String JOINING = "joining";

    /** The {@link Batch}, as the ledger gave it last. Set by the steps of {@code load}, and when {@code notify} begins; read by all that are about a batch. */
    public static final String BATCH = "batch";

    /** The manifest's URL. Set with the manifest; read when it is noted in the ledger. */
    public static final String MANIFEST = "manifest";

    /** The bucket of the manifest that is the body. Set by whatever makes one; read by the step that puts it there. */
    public static final String MANIFEST_BUCKET = "manifestBucket";

    /** The key of the manifest that is the body. Set by whatever makes one; read by the step that puts it there. */
    public static final String MANIFEST_KEY = "manifestKey";

    /** The URL of the batch's last file. Set with the manifest; read by {@code notify}. */
    public static final String LAST_FILE = "lastFile";

    /** When S3 created each file of the manifest, milliseconds since 1970. Set with the manifest; read when a load is counted. */
    public static final String CREATED = "created";

    /** The name of a cluster, which is that of its data source. Set by {@code copy} and {@code housekeeping}; read by every {@code jdbc:} step. */
    public static final String CLUSTER = "cluster";

    /** The failure that is being handled, kept while others may happen. Set by {@code errors.camel.yaml}; read by what judges failures. */
    public static final String FAILURE = "failure";

    /** The topic in SNS that a message is for; absent if there is none. Set by {@code notify} and {@code announce}; read by {@code tell}. */
    public static final String TOPIC = "topic";

    /** As {@link #TOPIC}, for a batch that is loaded, but not whole: the topic of failures hears of it too. */
    public static final String FAILED_TOPIC = "failedTopic";

    /** The service that {@code tell} is about to call, as in {@link dev.caravan.base.Troubles}. Set by its steps; read when that fails. */
    public static final String SERVICE = "service";

    private ExchangeProperties() {}
}
