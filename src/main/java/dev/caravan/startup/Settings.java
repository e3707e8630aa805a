package dev.caravan.startup;

import dev.caravan.console.Hosts;
import dev.caravan.feed.Fault;
import dev.caravan.feed.FeedDefaults;
import dev.caravan.feed.Quantity;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.load.NoLoadWindows;
import dev.caravan.steps.TellSteps;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.quartz.CronExpression;

/**
 * The {@code caravan.*} settings of {@code application.properties}; each key can be overridden by an environment variable
 * ({@code caravan.dead-letter-queue} by {@code CARAVAN_DEAD_LETTER_QUEUE}). A value that can't be read counts as its default
 * and is remembered as a fault.
 */
public final class Settings {
    private static final String KEEP = "caravan.ledger.keep";
    private static final String LEASE = "caravan.ledger.lease";
    private static final String SCAN_INTERVAL = "caravan.ledger.scan-interval";
    private static final String RETRY_FOR = "caravan.load.retry-for";
    private static final String RECONCILE_SINCE = "caravan.reconcile-since";
    private static final Pattern WEB_ADDRESS = Pattern.compile("https?://[^\\s/]+(/\\S*)?");

    private final CamelContext context;
    private final Set<Fault> faults = new LinkedHashSet<>();
    private final String owner = System.getenv().getOrDefault("HOSTNAME", "caravan") + "-"
            + ProcessHandle.current().pid() + "-" + UUID.randomUUID().toString().substring(0, 8);

    Settings(CamelContext context) {
        this.context = context;
    }

    /** Each once, however often its setting was asked for. */
    List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** {@code caravan.queue}: a name or an ARN. */
    public String queue() {
        return text("caravan.queue", "caravan-events");
    }

    /** {@code caravan.dead-letter-queue}: a name or an ARN. */
    public String deadLetterQueue() {
        return text("caravan.dead-letter-queue", "caravan-events-dead");
    }

    boolean parkUnmatched() {
        String value = text("caravan.unmatched", "ignore");
        if (!value.equals("park") && !value.equals("ignore")) {
            faults.add(new Fault("caravan.unmatched", value, "write park or ignore"));
        }
        return value.equals("park");
    }

    /** What feeds take that don't say otherwise. */
    public FeedDefaults feedDefaults() {
        return new FeedDefaults(
                text("caravan.clusters", ""),
                text("caravan.iam-role", ""),
                text("caravan.copy-credentials", ""),
                text("caravan.manifest-prefix", ""),
                text("caravan.loaded-topic", ""),
                text("caravan.failed-topic", ""),
                clusterSchema());
    }

    /** {@code caravan.ledger.table-prefix}: what the names of the ledger's tables begin with. */
    public String tablePrefix() {
        return text("caravan.ledger.table-prefix", "caravan");
    }

    /** {@code caravan.ledger.keep}: how long the ledger remembers. */
    public Duration keep() {
        return within(KEEP, "365d", Duration.ofSeconds(1), Duration.ofDays(3650));
    }

    LedgerSettings ledger() {
        return new LedgerSettings(tablePrefix(), owner, lease(), keep());
    }

    private Duration lease() {
        return within(LEASE, "60s", Duration.ofSeconds(1), Duration.ofHours(1));
    }

    Duration scanInterval() {
        return within(SCAN_INTERVAL, "5s", Duration.ofMillis(100), Duration.ofHours(1));
    }

    Duration retryFor() {
        return within(RETRY_FOR, "24h", Duration.ofSeconds(1), Duration.ofDays(365));
    }

    /** {@code caravan.load.at-most}: the longest that one load of a batch into one cluster, and any statement there, may take. */
    Duration loadAtMost() {
        return within("caravan.load.at-most", "4h", Duration.ofSeconds(1), Duration.ofDays(1));
    }

    /** Only the faults are wanted: what each allows, but not with the others; and what the routes read themselves. */
    void bounds() {
        Duration keep = keep();
        Duration retryFor = retryFor();
        if (keep.compareTo(retryFor) < 0) {
            faults.add(new Fault(
                    KEEP,
                    Quantity.inWords(keep),
                    "the ledger would forget batches that are still tried again: write at least as much as " + RETRY_FOR
                            + ", " + Quantity.inWords(retryFor)));
        }
        Duration since = reconcileSince();
        if (reconciles() && keep.compareTo(since) < 0) {
            faults.add(new Fault(
                    RECONCILE_SINCE,
                    Quantity.inWords(since),
                    "the ledger knows less: write at most as much as " + KEEP + ", " + Quantity.inWords(keep)));
        }
        count("caravan.receivers", "2", 1, 100);
        count("caravan.receive-wait-seconds", "20", 1, 20);
        count("caravan.events-at-once", "256", 1, 10_000);
        count("caravan.console.port", "9876", 0, 65_535);
    }

    private void count(String key, String otherwise, int least, int most) {
        String value = text(key, otherwise);
        if (!value.matches("\\d{1,9}") || Integer.parseInt(value) < least || Integer.parseInt(value) > most) {
            faults.add(new Fault(key, value, "write a number from " + least + " to " + most));
        }
    }

    private Duration within(String key, String otherwise, Duration least, Duration most) {
        Duration value = duration(key, otherwise);
        if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
            return value;
        }
        faults.add(new Fault(
                key,
                text(key, otherwise),
                "write from " + Quantity.inWords(least) + " to " + Quantity.inWords(most) + ", for example "
                        + otherwise));
        return Quantity.duration(otherwise).orElseThrow();
    }

    /** How many batches of a feed wait at most for their turn in a cluster, in this instance. */
    int waiting() {
        return parsed(
                "caravan.load.waiting",
                "16",
                text -> Optional.of(text)
                        .filter(number -> number.matches("[1-9]\\d{0,2}"))
                        .map(Integer::valueOf),
                "write a number from 1 to 999");
    }

    /** When nothing is loaded; of what can't be understood, the faults are remembered. */
    public NoLoadWindows noLoadWindows() {
        NoLoadWindows windows = NoLoadWindows.of(text(NoLoadWindows.SETTING, ""));
        faults.addAll(windows.faults());
        return windows;
    }

    /** Where messages are posted, if anywhere. */
    TellSteps.Webhook webhook() {
        String url = text("caravan.webhook-url", "");
        if (!url.isEmpty() && !WEB_ADDRESS.matcher(url).matches()) {
            faults.add(new Fault(
                    "caravan.webhook-url", "", "what stands there is no address: write https://… or nothing"));
        }
        return new TellSteps.Webhook(
                Optional.of(url).filter(address -> !address.isEmpty()),
                Optional.of(text("caravan.webhook-authorization", "")).filter(secret -> !secret.isEmpty()));
    }

    /** Only the faults are wanted: the console reads the setting itself. */
    void observeHosts() {
        for (String name : Hosts.faults(text(Hosts.SETTING, ""))) {
            faults.add(new Fault(
                    Hosts.SETTING, name, "write names without scheme and port: caravan.example.com, *.example.com"));
        }
    }

    /** Only the faults are wanted: the routes read the settings themselves. */
    void planned() {
        planned("caravan.housekeeping", "0 0 3 ? * SUN");
        planned("caravan.reconcile", "0 0 5 * * ?");
    }

    private void planned(String key, String otherwise) {
        String wanted = text(key, "false");
        if (!wanted.equals("true") && !wanted.equals("false")) {
            faults.add(new Fault(key, wanted, "write true or false"));
        }
        String cron = text(key + "-at", otherwise);
        if (!CronExpression.isValidExpression(cron)) {
            faults.add(new Fault(key + "-at", cron, "write a cron, seconds first, for example " + otherwise));
        }
    }

    /** {@code caravan.reconcile}: whether feeds are compared at planned times. */
    public boolean reconciles() {
        return text("caravan.reconcile", "false").equals("true");
    }

    /** How far back a planned reconciliation looks. */
    Duration reconcileSince() {
        return within(RECONCILE_SINCE, "7d", Duration.ofMinutes(1), Duration.ofDays(3650));
    }

    boolean reload() {
        return text("caravan.reload", "false").equals("true");
    }

    /** {@code caravan.cluster.schema}: where the ledger tables are in each cluster. */
    public String clusterSchema() {
        return text("caravan.cluster.schema", "caravan");
    }

    String text(String key, String otherwise) {
        return context.resolvePropertyPlaceholders("{{" + key + ":" + otherwise + "}}")
                .trim();
    }

    private Duration duration(String key, String otherwise) {
        return parsed(key, otherwise, Quantity::duration, "write a number and a unit: 500ms, 30s, 5m, 1h or 1d");
    }

    private <T> T parsed(String key, String otherwise, Function<String, Optional<T>> parser, String advice) {
        String value = text(key, otherwise);
        return parser.apply(value).orElseGet(() -> {
            faults.add(new Fault(key, value, advice));
            return parser.apply(otherwise).orElseThrow();
        });
    }
}
