package dev.caravan.feed;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which objects go to which table, how, and in what batches. One YAML bean of type {@code dev.caravan.feed.Feed} is one feed; the bean's
 * name is the feed's name: 1 to 64 letters, digits, dots or underscores. Its properties are the setters below. A setter never throws: what
 * is wrong is remembered as a {@link Fault}, so that start-up can report everything at once.
 *
 * <p>Properties are written by Camel before anything else sees the bean; {@link Feeds} then gives it its name and the defaults. The
 * other methods say what was understood, under the property's own name, which is also what Camel's simple language calls them
 * ({@code ${exchangeProperty.feed.batchSize}}).
 */
public final class Feed implements Cloneable {
    private static final int MOST_FILES = 100_000;
    private static final int MOST_BAD_FILES = 1000;
    private static final Duration LONGEST_WAIT = Duration.ofDays(30);
    private static final Pattern CLUSTER = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final Pattern ROLES = Pattern.compile(
            "default|arn:aws[a-z-]*:iam::\\d+:role/[\\w+=,.@/-]+?(,arn:aws[a-z-]*:iam::\\d+:role/[\\w+=,.@/-]+?)*");
    private static final Pattern ACCESS_KEY = Pattern.compile("[\\w+/=]{6,128}");
    private static final Pattern TOPIC = Pattern.compile("(arn:aws[a-z-]*:sns:[a-z0-9-]+:\\d+:)?[A-Za-z0-9_-]{1,256}");
    private static final String TOPIC_ADVICE =
            "write the name or ARN of a standard SNS topic; a FIFO topic (.fifo) takes no message without a group";

    private final Map<String, Fault> faults = new TreeMap<>();
    private final Map<String, String> written = new TreeMap<>();
    private volatile String name = "";
    private volatile @Nullable Feed defaults;
    private final Resolution resolution = new Resolution(this);
    private String captured = "";

    private @Nullable S3Prefix prefix;
    private Optional<Pattern> pattern = Optional.empty();
    private boolean discard;
    private MatchPolicy onMatch = MatchPolicy.STOP;
    private Pattern filter = Pattern.compile(".*", Pattern.DOTALL);
    private Optional<KeyPattern> keyPattern = Optional.empty();
    private String table = "";
    private Map<String, String> clusterTables = Map.of();
    private Optional<AllowedTables> allowedTables = Optional.empty();
    private ReservedTables reserved = new ReservedTables("caravan");
    private List<String> columns = List.of();
    private CopyFormat format = new CopyFormat(CopyFormat.Kind.CSV, "");
    private String copyOptions = "";
    private Optional<String> masterSymmetricKey = Optional.empty();
    private Optional<String> iamRole = Optional.empty();
    private Optional<CopyCredentials> copyCredentials = Optional.empty();
    private Optional<String> accessKeyId = Optional.empty();
    private Optional<String> secretAccessKey = Optional.empty();
    private List<String> clusters = List.of();
    private int batchSize = 100;
    private boolean autoBatches;
    private long batchBytes = Long.MAX_VALUE;
    private Duration batchTimeout = Duration.ofMinutes(5);
    private BadFilePolicy onBadFile = BadFilePolicy.QUARANTINE;
    private int maxBadFiles = 10;
    private OverwritePolicy onOverwrite = OverwritePolicy.LOAD;
    private WriteMode writeMode = WriteMode.APPEND;
    private SchemaEvolution schemaEvolution = SchemaEvolution.NONE;
    private List<String> keys = List.of();
    private List<String> orderBy = List.of();
    private String preSql = "";
    private String postSql = "";
    private Optional<String> fileColumn = Optional.empty();
    private Optional<String> loadedAtColumn = Optional.empty();
    private Optional<S3Prefix> manifestPrefix = Optional.empty();
    private Optional<String> loadedTopic = Optional.empty();
    private Optional<String> failedTopic = Optional.empty();

    /**
     * The objects: {@code bucket/prefix}, or {@code bucket} for all of it. A key belongs to the prefix if it begins with it, plainly as a string
     * ({@code in/web} takes {@code in/web/1.csv} and {@code in/website.csv}; end it with {@code /} for a folder). In it {@code *} stands for any
     * characters but {@code /}: {@code landing/in/dt=*}. The longest prefix wins, {@code *} not counted. Required.
     */
    public void setPrefix(String text) {
        Optional<S3Prefix> given =
                parsed("prefix", text, S3Prefix::of, "write bucket/prefix, for example landing/web/");
        prefix = given.orElse(prefix);
        pattern = given.isPresent() ? given.flatMap(S3Prefix::pattern) : pattern;
    }

    /** {@code true}: the objects are let go, and are no other feed's; nothing but {@code prefix} and {@code filter} counts then. Default: false. */
    public void setDiscard(String text) {
        discard = parsed(
                        "discard",
                        text,
                        t -> Optional.of(t).filter(w -> w.matches("true|false")).map(Boolean::valueOf),
                        "write true or false")
                .orElse(discard);
    }

    /**
     * Whether an object that this feed takes is done with ({@code stop}) or goes to the next feed that wants it as well ({@code continue}): the one
     * with the next shorter prefix, or of the same prefix the one whose name is next. Default: stop.
     */
    public void setOnMatch(String text) {
        onMatch = parsed("onMatch", text, word(MatchPolicy.values()), "write stop or continue")
                .orElse(onMatch);
    }

    /** A regular expression (Java's) that an object's file name, its key after the last {@code /}, must match whole. Default: every name. */
    public void setFilter(String text) {
        filter = parsed("filter", text, Feed::regex, "not a regular expression; write for example .*\\.gz")
                .orElse(filter);
    }

    /**
     * A regular expression (Java's) that an object's key, all that stands behind the bucket, must match whole. What its groups match stands in
     * {@code table}, {@code clusterTables}, {@code copyOptions} and {@code format} for <code>$1</code> or, of a group with a name, for
     * <code>${name}</code>; files for which these differ are in batches of their own. Default: every key.
     */
    public void setKeyPattern(String text) {
        keyPattern = parsed(
                        "keyPattern",
                        text,
                        KeyPattern::of,
                        "not a regular expression; write for example logs/(?<day>[^/]+)/.*\\.gz")
                .or(() -> keyPattern);
    }

    /**
     * The table: {@code schema.table} or {@code table}. Unquoted parts are folded to lower case, as Redshift does; a part in double quotes keeps
     * its case and may hold any character. A part has at most 127 bytes. Required.
     */
    public void setTable(String text) {
        parsed(
                        "table",
                        text,
                        TableTemplate::of,
                        "write schema.table, each part at most 127 bytes; quote a part that isn't letters, digits, _ and $")
                .ifPresent(good -> table = text.strip());
    }

    /** The columns that the files fill, in their order, separated by commas; quoted like a table's parts. Default: all of the table's. */
    public void setColumns(String text) {
        columns = columns("columns", text).orElse(columns);
    }

    /**
     * How the files are written, as in COPY: {@code CSV}; {@code DELIMITED}; {@code FIXEDWIDTH 'id:3,name:25'} (a label and a width for each
     * field); {@code JSON} or {@code AVRO}, whose fields go to the columns of the same name, or with {@code 'auto ignorecase'} of that name in
     * any case, or with {@code 's3://bucket/jsonpaths.json'} as that file says; {@code JSON 'noshred'} (an object goes whole into one SUPER
     * column); {@code PARQUET}; {@code ORC}. Default: CSV.
     */
    public void setFormat(String text) {
        format = parsed(
                        "format",
                        text,
                        CopyFormat::of,
                        "write CSV, DELIMITED, FIXEDWIDTH 'id:3,name:25', JSON, AVRO (both may say 'auto ignorecase' or"
                                + " 's3://bucket/jsonpaths.json'), JSON 'noshred', PARQUET or ORC")
                .orElse(format);
    }

    /**
     * More COPY parameters, for example {@code GZIP IGNOREHEADER 1 TIMEFORMAT 'auto'}: parameter words, strings in single quotes, whole numbers.
     * What Caravan writes itself is refused here: FORMAT, MANIFEST, ENCRYPTED, IAM_ROLE and other credentials; so is what Redshift refuses
     * together with the format or with one another. Default: none.
     */
    public void setCopyOptions(String text) {
        faults.remove("copyOptions");
        written.put("copyOptions", text.strip());
        CopyOptions.fault("copyOptions", text)
                .ifPresentOrElse(f -> faults.put("copyOptions", f), () -> copyOptions = text.strip());
    }

    /**
     * The key with which the files' writer encrypted them before they went to S3: 256 bits in Base64. A secret: write a placeholder such as
     * <code>{{env:WEB_KEY}}</code>. It is shown nowhere. Default: none, which is right for what S3 itself encrypts.
     */
    public void setMasterSymmetricKey(String text) {
        Optional<String> key = SecretKey.of(text);
        faults.remove("masterSymmetricKey");
        written.put("masterSymmetricKey", key.isPresent() ? SecretKey.SHOWN : "");
        masterSymmetricKey = key;
        if (key.isEmpty() && !text.isBlank()) {
            faults.put(
                    "masterSymmetricKey",
                    new Fault("masterSymmetricKey", "", "not a key of 256 bits in Base64 (44 characters)"));
        }
    }

    /**
     * The role with which Redshift reads the files: an ARN, several chained with commas, or {@code default} (the cluster's own).
     * Default: {@code caravan.iam-role}.
     */
    public void setIamRole(String text) {
        iamRole = parsed(
                        "iamRole",
                        text.replaceAll("\\s*,\\s*", ","),
                        matching(ROLES),
                        "write a role's ARN, several with commas, or default")
                .or(() -> iamRole);
    }

    /**
     * With what Redshift reads the files: {@code role} (the {@code iamRole}), {@code session} (the keys that Caravan itself has then) or {@code keys} (the
     * {@code accessKeyId} and {@code secretAccessKey}). Default: {@code caravan.copy-credentials}; if that is empty too, role.
     */
    public void setCopyCredentials(String text) {
        copyCredentials = parsed("copyCredentials", text, word(CopyCredentials.values()), "write role, session or keys")
                .or(() -> copyCredentials);
    }

    /** The id of the key with which Redshift reads the files, a placeholder such as <code>{{env:WEB_KEY_ID}}</code>; for {@code copyCredentials: keys}. */
    public void setAccessKeyId(String text) {
        accessKeyId = secret("accessKeyId", text);
    }

    /** The secret that belongs to {@code accessKeyId}, likewise. It is shown nowhere. */
    public void setSecretAccessKey(String text) {
        secretAccessKey = secret("secretAccessKey", text);
    }

    /** The clusters to load, separated by commas: names of DataSource beans. Default: {@code caravan.clusters}. */
    public void setClusters(String text) {
        clusters = parsed("clusters", text, Feed::names, "write names of DataSource beans, separated by commas")
                .filter(good -> unique("clusters", text, good))
                .orElse(clusters);
    }

    /**
     * The table in those clusters where it has another name, separated by commas: {@code backup=archive.web_log}. Default: {@code table} in every
     * cluster.
     */
    public void setClusterTables(String text) {
        clusterTables = parsed(
                        "clusterTables",
                        text,
                        ClusterTables::of,
                        "write cluster=schema.table, separated by commas, each cluster once")
                .orElse(clusterTables);
    }

    /**
     * The tables that captures may make of {@code table} and {@code clusterTables}, separated by commas: {@code logs_*.web_*, archive.clicks}. A
     * {@code *} stands for any characters of a part; case doesn't count but in double quotes. Other objects are parked with the reason. Default: every
     * table but Caravan's own and the system's.
     */
    public void setAllowedTables(String text) {
        allowedTables = parsed(
                        "allowedTables",
                        text,
                        AllowedTables::of,
                        "write tables separated by commas, each schema.table as the feed's table has it, * for any"
                                + " characters, for example logs_*.web_*")
                .or(() -> allowedTables);
    }

    /**
     * A batch is loaded when it has this many files, 1 to 100,000; or {@code auto}: a multiple of the clusters' slices, and the more, the longer
     * COPY takes and the faster files arrive. Default: 100.
     */
    public void setBatchSize(String text) {
        boolean auto = text.strip().equalsIgnoreCase("auto");
        Optional<Integer> given = parsed(
                "batchSize",
                text,
                t -> auto ? Optional.of(batchSize) : files(t),
                "write a whole number of files from 1 to 100000, for example 100, or auto");
        autoBatches = given.isPresent() ? auto : autoBatches;
        batchSize = given.orElse(batchSize);
    }

    /** A batch is loaded when its files have this size together: bytes, or {@code 10KB}, {@code 5MB}, {@code 1GB} in powers of 1024. Default: no limit. */
    public void setBatchBytes(String text) {
        batchBytes = parsed(
                        "batchBytes",
                        text,
                        t -> Quantity.size(t).filter(n -> n > 0),
                        "write a size above 0 such as 500MB or 1GB")
                .orElse(batchBytes);
    }

    /** A batch is loaded when its first file has waited this long: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code 1d}; 30 days at most. Default: 5m. */
    public void setBatchTimeout(String text) {
        batchTimeout = parsed(
                        "batchTimeout",
                        text,
                        Feed::wait,
                        "write a duration above 0 and up to 30d such as 30s, 5m or 1h")
                .orElse(batchTimeout);
    }

    /**
     * What becomes of a file that a cluster can't read: {@code quarantine} sets it aside, tells a person, and loads the rest of its batch;
     * {@code fail} fails the whole batch. Default: quarantine.
     */
    public void setOnBadFile(String text) {
        onBadFile = parsed("onBadFile", text, word(BadFilePolicy.values()), "write quarantine or fail")
                .orElse(onBadFile);
    }

    /** How many files one batch may lose to quarantine in one cluster; with one more the whole batch fails. 1 to 1,000. Default: 10. */
    public void setMaxBadFiles(String text) {
        maxBadFiles = parsed(
                        "maxBadFiles",
                        text,
                        t -> files(t).filter(n -> n <= MOST_BAD_FILES),
                        "write a whole number of files from 1 to 1000, for example 10")
                .orElse(maxBadFiles);
    }

    /**
     * What becomes of a new version of an object that the feed has taken before: {@code load} loads it like any file; {@code skip} leaves it
     * alone; {@code replace} loads it and deletes the rows that {@code fileColumn} says came from that object. Default: load.
     */
    public void setOnOverwrite(String text) {
        onOverwrite = parsed("onOverwrite", text, word(OverwritePolicy.values()), "write load, skip or replace")
                .orElse(onOverwrite);
    }

    /**
     * What becomes of the rows that the table has: {@code append} adds the batch's to them; {@code replace} deletes all of them first;
     * {@code overwriteExisting} deletes those that have the {@code keys} of one of the batch's; {@code keepExisting} adds only rows whose keys the table
     * doesn't have. Default: append.
     */
    public void setWriteMode(String text) {
        writeMode = parsed(
                        "writeMode",
                        text,
                        word(WriteMode.values()),
                        "write append, replace, overwriteExisting or keepExisting")
                .orElse(writeMode);
    }

    /**
     * What becomes of fields of JSON, Avro and Parquet files that the table has no column for: {@code none} leaves them to COPY; {@code addColumns}
     * adds a column for each, in the load's transaction. Default: none.
     */
    public void setSchemaEvolution(String text) {
        schemaEvolution = parsed("schemaEvolution", text, word(SchemaEvolution.values()), "write none or addColumns")
                .orElse(schemaEvolution);
    }

    /** The columns that tell rows apart, separated by commas, for {@code overwriteExisting} and {@code keepExisting}. They should be NOT NULL. Default: none. */
    public void setKeys(String text) {
        keys = columns("keys", text).orElse(keys);
    }

    /**
     * The columns that say which of two rows with the same keys is the later one, in a batch or in the table, separated by commas: the first that differs
     * decides, and null is earlier than every value. {@code overwriteExisting} keeps the latest row. Default: none; then the row of the file that S3 has
     * taken later is, and files are copied one by one.
     */
    public void setOrderBy(String text) {
        orderBy = columns("orderBy", text).orElse(orderBy);
    }

    /** SQL that runs first in the load's transaction, for each batch and cluster; several statements are separated by semicolons. Default: none. */
    public void setPreSql(String text) {
        preSql = hook("preSql", text).orElse(preSql);
    }

    /** SQL that runs last in the load's transaction, likewise. Default: none. */
    public void setPostSql(String text) {
        postSql = hook("postSql", text).orElse(postSql);
    }

    /**
     * The table's column that names each row's file, {@code s3://bucket/key}; {@code onOverwrite: replace} needs it. If {@code columns} names it, the
     * files bring it themselves; else Caravan writes it, and copies files one by one. Default: none.
     */
    public void setFileColumn(String text) {
        fileColumn = column("fileColumn", text).or(() -> fileColumn);
    }

    /** The table's column into which Caravan writes when each row was loaded, by the cluster's clock. Default: none. */
    public void setLoadedAtColumn(String text) {
        loadedAtColumn = column("loadedAtColumn", text).or(() -> loadedAtColumn);
    }

    /** Where manifests are written: {@code bucket/prefix}, in no feed's own prefix. Default: {@code caravan.manifest-prefix}. */
    public void setManifestPrefix(String text) {
        manifestPrefix = parsed(
                        "manifestPrefix",
                        text,
                        S3Prefix::of,
                        "write bucket/prefix, for example landing-manifests/caravan")
                .or(() -> manifestPrefix);
    }

    /** The SNS topic, a name or an ARN, that hears of loaded batches. Default: {@code caravan.loaded-topic}; if that is empty too, none. */
    public void setLoadedTopic(String text) {
        loadedTopic = parsed("loadedTopic", text, matching(TOPIC), TOPIC_ADVICE).or(() -> loadedTopic);
    }

    /** The SNS topic, a name or an ARN, that hears of failed batches. Default: {@code caravan.failed-topic}; if that is empty too, none. */
    public void setFailedTopic(String text) {
        failedTopic = parsed("failedTopic", text, matching(TOPIC), TOPIC_ADVICE).or(() -> failedTopic);
    }

    /** The bean's name; empty until {@link Feeds} has seen the bean. */
    public String name() {
        return name;
    }

    /** The bucket; empty if {@code prefix} is missing, which is a fault. */
    public String bucket() {
        return prefix == null ? "" : prefix.bucket();
    }

    /** What all keys begin with, up to the first {@code *} of the prefix; may be empty. */
    public String keyPrefix() {
        return prefix == null ? "" : prefix.head();
    }

    /** The prefix as it was written, {@code bucket/prefix}; empty if it is missing. */
    public String writtenPrefix() {
        return prefix == null ? "" : prefix.toString();
    }

    /** Whether the objects are let go. */
    public boolean discard() {
        return discard;
    }

    /** Whether an object that this feed takes may go to others as well. */
    public MatchPolicy onMatch() {
        return onMatch;
    }

    Optional<S3Prefix> prefix() {
        return Optional.ofNullable(prefix);
    }

    /** The regular expression that file names must match. */
    public String filter() {
        return filter.pattern();
    }

    /** Whether a key that begins with {@link #keyPrefix} begins with all of the prefix, and its file name passes the filter. */
    boolean wants(String key) {
        return pattern.map(wild -> wild.matcher(key).lookingAt()).orElse(true)
                && filter.matcher(key.substring(key.lastIndexOf('/') + 1)).matches()
                && keyPattern.map(whole -> whole.matches(key)).orElse(true);
    }

    /**
     * The table, a text that {@link TableName#of} takes, once the feed is that of an object or a batch; before, it may refer to captures. Empty
     * if it is missing, which is a fault.
     */
    public String table() {
        return table;
    }

    /** The regular expression that whole keys must match. */
    public Optional<String> keyPattern() {
        return keyPattern.map(whole -> whole.pattern().pattern());
    }

    Optional<KeyPattern> wholeKey() {
        return keyPattern;
    }

    /** The tables of clusters in which it isn't {@link #table}. */
    public Map<String, String> clusterTables() {
        return clusterTables;
    }

    /** The tables that captures may make, as they were written; empty if nothing is said of them. */
    public Optional<String> allowedTables() {
        return allowedTables.map(AllowedTables::text);
    }

    Optional<AllowedTables> allowed() {
        return allowedTables;
    }

    /** The tables that neither it nor captures may name. */
    ReservedTables reserved() {
        Feed feed = defaults;
        return feed == null ? reserved : feed.reserved;
    }

    /** Of a feed whose captures decide a table with nothing that limits them: what {@code allowedTables} may say. */
    public Optional<String> unlimitedTables() {
        return TableRules.wanted(this);
    }

    void keepOutOf(String schema) {
        reserved = new ReservedTables(schema);
    }

    /** What the files of one of its batches have in common: its name and, if its table or options depend on the object, what they depend on. */
    public String key() {
        return captured.isEmpty() ? name : captured;
    }

    /** The name of the feed that has given a {@link #key}. */
    public static String named(String key) {
        return Captures.feed(key);
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
    public Feed in(String cluster) {
        String own = clusterTables.get(cluster);
        return own == null ? this : resolved(captured, own, Map.of(), copyOptions, format);
    }

    Feed resolved(String key, String itsTable, Map<String, String> tables, String options, CopyFormat itsFormat) {
        try {
            Feed copy = (Feed) clone();
            copy.captured = key;
            copy.table = itsTable;
            copy.clusterTables = tables;
            copy.copyOptions = options;
            copy.format = itsFormat;
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** Column names as Redshift knows them, without quotes; empty means all. */
    public List<String> columns() {
        return columns;
    }

    public CopyFormat format() {
        return format;
    }

    /** Checked COPY parameters, to be written as they are; may be empty. */
    public String copyOptions() {
        return copyOptions;
    }

    /** Whether COPY may leave out rows that it can't load, and succeed. */
    public boolean skipsRows() {
        return CopyOptions.of(copyOptions).skipsRows();
    }

    /** 256 bits in Base64: a secret. */
    public Optional<String> masterSymmetricKey() {
        return masterSymmetricKey;
    }

    /** {@code default}, or ARNs chained by commas. */
    public Optional<String> iamRole() {
        return iamRole.or(() -> shared(Optional.empty(), Feed::iamRole));
    }

    public CopyCredentials copyCredentials() {
        return copyCredentials
                .or(() -> shared(Optional.empty(), feed -> feed.copyCredentials))
                .orElse(CopyCredentials.ROLE);
    }

    /** A secret. */
    public Optional<String> accessKeyId() {
        return accessKeyId;
    }

    /** A secret. */
    public Optional<String> secretAccessKey() {
        return secretAccessKey;
    }

    /** Names of DataSource beans. */
    public List<String> clusters() {
        return clusters.isEmpty() ? shared(List.of(), Feed::clusters) : clusters;
    }

    /** Files; for {@code auto}, the most that a batch may have. */
    public int batchSize() {
        return autoBatches ? FeedRules.mostFiles(this) : batchSize;
    }

    /** Whether the number of files that make a batch complete follows cluster and arrival. */
    public boolean isBatchSizeAuto() {
        return autoBatches;
    }

    /** Bytes; {@link Long#MAX_VALUE} if there is no limit. */
    public long batchBytes() {
        return batchBytes;
    }

    public Duration batchTimeout() {
        return batchTimeout;
    }

    public BadFilePolicy onBadFile() {
        return onBadFile;
    }

    /** Files of one batch, for each cluster. */
    public int maxBadFiles() {
        return maxBadFiles;
    }

    public OverwritePolicy onOverwrite() {
        return onOverwrite;
    }

    public WriteMode writeMode() {
        return writeMode;
    }

    public SchemaEvolution schemaEvolution() {
        return schemaEvolution;
    }

    /** Column names as Redshift knows them, without quotes. */
    public List<String> keys() {
        return keys;
    }

    /** Column names as Redshift knows them, without quotes. */
    public List<String> orderBy() {
        return orderBy;
    }

    /** Checked statements, separated by semicolons, without one at the end; may be empty. */
    public String preSql() {
        return preSql;
    }

    /** Checked statements, separated by semicolons, without one at the end; may be empty. */
    public String postSql() {
        return postSql;
    }

    /** The column's name as Redshift knows it, without quotes. */
    public Optional<String> fileColumn() {
        return fileColumn;
    }

    /** The column's name as Redshift knows it, without quotes. */
    public Optional<String> loadedAtColumn() {
        return loadedAtColumn;
    }

    /** The file column, if Caravan writes it. */
    public Optional<String> writtenFileColumn() {
        return fileColumn.filter(column -> !columns.contains(column));
    }

    /** Whether rows go through temporary tables before they reach the table. */
    public boolean isStaged() {
        return writeMode.isMerge()
                || loadedAtColumn.isPresent()
                || writtenFileColumn().isPresent();
    }

    /** Whether the files bring the values of {@code IDENTITY} columns. */
    public boolean hasExplicitIds() {
        return CopyOptions.of(copyOptions()).settings().stream()
                .anyMatch(setting -> setting.parameter() == CopyParameter.EXPLICIT_IDS);
    }

    /** Whether each file is copied by a COPY of its own, so that it is known which row came from which. */
    public boolean isFileByFile() {
        return writtenFileColumn().isPresent()
                || writeMode == WriteMode.KEEP_EXISTING
                || (writeMode == WriteMode.OVERWRITE_EXISTING && orderBy.isEmpty());
    }

    public Optional<S3Prefix> manifestPrefix() {
        return manifestPrefix.or(() -> shared(Optional.empty(), Feed::manifestPrefix));
    }

    /** A topic's name or ARN. */
    public Optional<String> loadedTopic() {
        return loadedTopic.or(() -> shared(Optional.empty(), Feed::loadedTopic));
    }

    /** A topic's name or ARN. */
    public Optional<String> failedTopic() {
        return failedTopic.or(() -> shared(Optional.empty(), Feed::failedTopic));
    }

    /** What a property was set to, as it was written; empty if it wasn't, or can't be understood. */
    Optional<String> written(String property) {
        return faults.containsKey(property)
                ? Optional.empty()
                : Optional.ofNullable(written.get(property)).filter(text -> !text.isEmpty());
    }

    /** What a property that feeds share is set to for all of them. */
    Optional<String> writtenForAll(String property) {
        return shared(Optional.empty(), feed -> feed.written(property));
    }

    /** The bean's own faults, by property; what it lacks is for {@link Feeds} to say. */
    Collection<Fault> faults() {
        return List.copyOf(faults.values());
    }

    void remember(Fault fault) {
        faults.put(fault.key(), fault);
    }

    void adopt(String beanName, Feed shared) {
        name = beanName;
        defaults = shared;
        resolution.refresh();
    }

    private <T> T shared(T none, Function<Feed, T> property) {
        Feed feed = defaults;
        return feed == null ? none : property.apply(feed);
    }

    private <T> Optional<T> parsed(String key, String text, Function<String, Optional<T>> parser, String advice) {
        faults.remove(key);
        String value = text.strip();
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Optional<T> result = parser.apply(value);
        if (result.isEmpty()) {
            faults.put(key, new Fault(key, value, advice));
        } else {
            written.put(key, value);
        }
        return result;
    }

    /** A part of an AWS access key. */
    private Optional<String> secret(String key, String text) {
        Optional<String> secret =
                Optional.of(text.strip()).filter(t -> ACCESS_KEY.matcher(t).matches());
        faults.remove(key);
        written.put(key, secret.isPresent() ? SecretKey.SHOWN : "");
        if (secret.isEmpty() && !text.isBlank()) {
            faults.put(
                    key, new Fault(key, "", "not a part of an AWS access key: 6 to 128 letters, digits, +, / and ="));
        }
        return secret;
    }

    private boolean unique(String key, String text, List<String> names) {
        if (new HashSet<>(names).size() == names.size()) {
            return true;
        }
        faults.put(key, new Fault(key, text.strip(), "a name stands there twice; remove one"));
        return false;
    }

    private Optional<String> column(String key, String text) {
        return parsed(
                key,
                text,
                t -> TableName.columns(t).filter(names -> names.size() == 1).map(names -> names.get(0)),
                "write one column's name of at most 127 bytes");
    }

    private Optional<List<String>> columns(String key, String text) {
        return parsed(key, text, TableName::columns, "write names separated by commas, each once and at most 127 bytes")
                .filter(good -> unique(key, text, good));
    }

    private Optional<String> hook(String key, String text) {
        return parsed(key, text, SqlHook::of, SqlHook.advice(text).orElse(""));
    }

    private static Optional<Pattern> regex(String text) {
        try {
            return Optional.of(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    private static Function<String, Optional<String>> matching(Pattern shape) {
        return text -> Optional.of(text).filter(t -> shape.matcher(t).matches());
    }

    private static <E extends Enum<E>> Function<String, Optional<E>> word(E[] values) {
        return text -> Stream.of(values)
                .filter(value -> value.name().replace("_", "").equalsIgnoreCase(text))
                .findFirst();
    }

    private static Optional<List<String>> names(String text) {
        List<String> names = Stream.of(text.split(",", -1)).map(String::strip).toList();
        return Optional.of(names)
                .filter(all -> all.stream().allMatch(n -> CLUSTER.matcher(n).matches()));
    }

    private static Optional<Integer> files(String text) {
        return Optional.of(text)
                .filter(t -> t.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .filter(n -> n > 0 && n <= MOST_FILES);
    }

    private static Optional<Duration> wait(String text) {
        return Quantity.duration(text).filter(d -> !d.isZero() && d.compareTo(LONGEST_WAIT) <= 0);
    }
}
