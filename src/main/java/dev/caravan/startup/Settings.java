package dev.caravan.startup;

import dev.caravan.console.Hosts;
import dev.caravan.feed.Fault;
import dev.caravan.feed.FeedDefaults;
import dev.caravan.feed.Quantity;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.load.NoLoadWindows;
import dev.caravan.steps.TellSteps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private static final Pattern WEB_ADDRESS = Pattern.compile("https?://[^\\s/]+(/\\S*)?");

    private final CamelContext context;
    private final List<Fault> faults = new ArrayList<>();
    private final String owner = System.getenv().getOrDefault("HOSTNAME", "caravan") + "-"
            + ProcessHandle.current().pid() + "-" + UUID.randomUUID().toString().substring(0, 8);

    Settings(CamelContext context) {
        this.context = context;
    }

    List<Fault> faults() {
        return faults;
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
        return duration("caravan.ledger.keep", "365d");
    }

    LedgerSettings ledger() {
        return new LedgerSettings(tablePrefix(), owner, duration("caravan.ledger.lease", "60s"), keep());
    }

    Duration scanInterval() {
        return duration("caravan.ledger.scan-interval", "3s");
    }

    Duration retryFor() {
        return duration("caravan.load.retry-for", "24h");
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
        return duration("caravan.reconcile-since", "7d");
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
