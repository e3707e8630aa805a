package dev.caravan.startup.setting;

import static dev.caravan.startup.setting.SettingForms.either;
import static dev.caravan.startup.setting.SettingForms.number;
import static dev.caravan.startup.setting.SettingForms.text;
import static dev.caravan.startup.setting.SettingForms.within;

import dev.caravan.base.property.Forms;
import dev.caravan.base.property.Property;
import dev.caravan.base.property.PropertySet;
import dev.caravan.operate.console.Hosts;
import dev.caravan.redshift.admission.NoLoadWindows;
import java.time.Duration;

/** Settings that are changed less often, in the order of the shipped file. */
public final class FurtherSettings {
    private static final Duration SECOND = Duration.ofSeconds(1), HOUR = Duration.ofHours(1);
    private static final int MOST_DAYS = 3650;
    private static final String NONE = "–";

    /** Whether objects that no feed wants are parked. */
    public static final Property<Boolean> UNMATCHED = Property.of(
                    "caravan.unmatched", either("ignore", "park"), "objects that no feed wants: `ignore` or `park`")
            .byDefault("ignore");

    private static final Property<Integer> RECEIVERS = Property.of(
                    "caravan.receivers", number(1, 100), "threads that receive from the queue")
            .byDefault("2");

    private static final Property<Integer> RECEIVE_WAIT = Property.of(
                    "caravan.receive-wait-seconds", number(1, 20), "how long each waits for messages, 1 to 20")
            .byDefault("20");

    private static final Property<Integer> EVENTS_AT_ONCE = Property.of(
                    "caravan.events-at-once",
                    number(1, 10_000),
                    "events that are handled at a time; files of those of one feed share a write of the ledger, so that"
                            + " more of them cost less each")
            .byDefault("256");

    public static final Property<Duration> RETRY_FOR = Property.of(
                    "caravan.load.retry-for",
                    within(SECOND, Duration.ofDays(365), "24h"),
                    "how long a batch is retried when the failure may pass")
            .byDefault("24h");

    public static final Property<Integer> WAITING = Property.of(
                    "caravan.load.waiting",
                    number(1, 999),
                    "how many batches of a feed wait in an instance for their turn in a cluster, 1 to 999; what is more"
                            + " waits in the ledger")
            .byDefault("16");

    public static final Property<Duration> LOAD_AT_MOST = Property.of(
                    "caravan.load.at-most",
                    within(SECOND, Duration.ofDays(1), "4h"),
                    "the longest that one load of a batch into one cluster, and any statement there, may take, up to `1d`")
            .byDefault("4h");

    /** {@link NoLoadWindows} reads it. */
    public static final Property<String> NO_LOAD_WINDOWS = Property.of(
                    NoLoadWindows.SETTING,
                    text("for example 0 0 2 ? * SUN for 90m in Europe/Berlin"),
                    "[times in which nothing is loaded](../how-to/plan-times-without-loads.md), separated by semicolons")
            .meaning("")
            .otherwise(NONE);

    private static final Property<Boolean> HOUSEKEEPING = Property.of(
                    "caravan.housekeeping",
                    Forms.flag(),
                    "`true`: [tables are vacuumed and analyzed](../how-to/vacuum-and-analyze.md)")
            .byDefault("false");

    private static final Property<String> HOUSEKEEPING_AT = Property.of(
                    "caravan.housekeeping-at", Forms.cron("0 0 3 ? * SUN"), "when: a cron, as below, in UTC")
            .byDefault("0 0 3 ? * SUN");

    public static final Property<Boolean> RECONCILE = Property.of(
                    "caravan.reconcile",
                    Forms.flag(),
                    "`true`: [S3, the ledger and the clusters are compared](../how-to/find-what-is-missing.md#planned-reconciliation)")
            .byDefault("false");

    private static final Property<String> RECONCILE_AT = Property.of(
                    "caravan.reconcile-at", Forms.cron("0 0 5 * * ?"), "when: a cron, likewise")
            .byDefault("0 0 5 * * ?");

    public static final Property<Duration> RECONCILE_SINCE = Property.of(
                    "caravan.reconcile-since",
                    within(Duration.ofMinutes(1), Duration.ofDays(MOST_DAYS), "7d"),
                    "how far back")
            .byDefault("7d");

    /** How many tables of syncs an instance reads, and how many mirrors it runs, at a time. */
    public static final Property<Integer> TABLES_AT_ONCE = Property.of(
                    "caravan.sync.tables-at-once",
                    number(1, 100),
                    "how many tables of [syncs](../how-to/sync-tables.md) an instance reads at a time, and how many"
                            + " [mirrors](../how-to/mirror-tables.md) it runs at a time")
            .byDefault("2");

    private static final Property<Duration> LOOK_EVERY = Property.of(
                    "caravan.sync.look-every",
                    within(Duration.ofMillis(100), HOUR, "5s"),
                    "how often an instance looks which runs of syncs and of mirrors are due")
            .byDefault("5s");

    public static final Property<String> TABLE_PREFIX = Property.of(
                    "caravan.ledger.table-prefix",
                    text("what names of DynamoDB's tables may begin with"),
                    "the ledger's tables are `<prefix>-files`, `-batches`, `-entries`")
            .byDefault("caravan");

    public static final Property<Duration> KEEP = Property.of(
                    "caravan.ledger.keep",
                    within(SECOND, Duration.ofDays(MOST_DAYS), "365d"),
                    "how long the ledger remembers files and batches: no less than `caravan.load.retry-for`, and than the"
                            + " queue keeps messages, lest one that comes late be loaded again")
            .byDefault("365d");

    public static final Property<Duration> LEASE = Property.of(
                    "caravan.ledger.lease",
                    within(SECOND, HOUR, "60s"),
                    "how long a batch stays a silent instance's, `1s` to `1h`; it says three times in a lease that it lives")
            .byDefault("60s");

    public static final Property<Duration> SCAN_INTERVAL = Property.of(
                    "caravan.ledger.scan-interval",
                    within(Duration.ofMillis(100), HOUR, "5s"),
                    "how often an instance looks for batches that wait, `100ms` to `1h`")
            .byDefault("5s");

    public static final Property<String> CLUSTER_SCHEMA = Property.of(
                    "caravan.cluster.schema",
                    text("a schema's name"),
                    "the schema of Caravan's ledger tables in each cluster")
            .byDefault("caravan");

    private static final Property<String> CONSOLE_HOST = Property.of(
                    "caravan.console.host",
                    text("an address of this machine, 0.0.0.0 for all"),
                    "the address on which Hawtio and health are served")
            .byDefault("127.0.0.1");

    private static final Property<Integer> CONSOLE_PORT = Property.of(
                    "caravan.console.port", number(0, 65_535), "its port; 0: any that is free, which the log tells")
            .byDefault("9876");

    /** {@link Hosts} reads it. */
    public static final Property<String> OBSERVE_HOSTS = Property.of(
                    Hosts.SETTING,
                    text("names without scheme and port: caravan.example.com, *.example.com"),
                    "further [host names](metrics.md#who-is-answered) for health and metrics, comma separated")
            .meaning("")
            .otherwise(NONE);

    public static final Property<Boolean> RELOAD = Property.of(
                    "caravan.reload",
                    Forms.flag(),
                    "for development: `true` picks up changes in `routes/` without a restart")
            .byDefault("false");

    private static final Property<String> PATH_STYLE = Property.of(
                    "caravan.s3.path-style",
                    text("true or false"),
                    "`true` for S3 servers without virtual-host addresses")
            .byDefault("false");

    public static final PropertySet ALL = PropertySet.of(
            "Caravan",
            UNMATCHED,
            RECEIVERS,
            RECEIVE_WAIT,
            EVENTS_AT_ONCE,
            RETRY_FOR,
            WAITING,
            LOAD_AT_MOST,
            NO_LOAD_WINDOWS,
            HOUSEKEEPING,
            HOUSEKEEPING_AT,
            RECONCILE,
            RECONCILE_AT,
            RECONCILE_SINCE,
            TABLES_AT_ONCE,
            LOOK_EVERY,
            TABLE_PREFIX,
            KEEP,
            LEASE,
            SCAN_INTERVAL,
            CLUSTER_SCHEMA,
            CONSOLE_HOST,
            CONSOLE_PORT,
            OBSERVE_HOSTS,
            RELOAD,
            PATH_STYLE);

    private FurtherSettings() {}
}
