package dev.caravan.startup;

import dev.caravan.base.Fault;
import dev.caravan.base.Quantity;
import dev.caravan.base.property.Property;
import dev.caravan.base.property.Reading;
import dev.caravan.base.property.Reading.Good;
import dev.caravan.base.property.Reading.Wrong;
import dev.caravan.feed.FeedDefaults;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.operate.console.Hosts;
import dev.caravan.operate.reload.RouteCheck;
import dev.caravan.redshift.admission.NoLoadWindows;
import dev.caravan.startup.setting.AllSettings;
import dev.caravan.startup.setting.FirstSettings;
import dev.caravan.startup.setting.FurtherSettings;
import dev.caravan.tell.TellSteps;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.CamelContext;

/**
 * The {@code caravan.*} settings of {@code application.properties}; each key can be overridden by an environment variable
 * ({@code caravan.dead-letter-queue} by {@code CARAVAN_DEAD_LETTER_QUEUE}). A value that can't be read counts as its default
 * and is remembered as a fault.
 */
public final class Settings {
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

    /**
     * Asks for each setting once, so that its faults are known; what comes of it is asked for again where it is needed. Not for those of the cluster's
     * bean: any text will do, and a store of secrets may have to be asked.
     */
    void checkAll() {
        AllSettings.ALL.all().stream()
                .filter(setting -> !setting.name().startsWith(FirstSettings.OF_CLUSTER))
                .forEach(this::get);
        noLoadWindows();
        observeHosts();
        bounds();
    }

    /** A name or an ARN. */
    public String queue() {
        return get(FirstSettings.QUEUE);
    }

    /** A name or an ARN. */
    public String deadLetterQueue() {
        return get(FirstSettings.DEAD_LETTER_QUEUE);
    }

    boolean parkUnmatched() {
        return get(FurtherSettings.UNMATCHED);
    }

    /** What feeds take that don't say otherwise. */
    public FeedDefaults feedDefaults() {
        return new FeedDefaults(
                get(FirstSettings.CLUSTERS),
                get(FirstSettings.IAM_ROLE),
                get(FirstSettings.COPY_CREDENTIALS),
                get(FirstSettings.MANIFEST_PREFIX),
                get(FirstSettings.LOADED_TOPIC),
                get(FirstSettings.FAILED_TOPIC),
                clusterSchema());
    }

    /** What the names of the ledger's tables begin with. */
    public String tablePrefix() {
        return get(FurtherSettings.TABLE_PREFIX);
    }

    /** How long the ledger remembers. */
    public Duration keep() {
        return get(FurtherSettings.KEEP);
    }

    LedgerSettings ledger() {
        return new LedgerSettings(tablePrefix(), owner, get(FurtherSettings.LEASE), keep());
    }

    Duration scanInterval() {
        return get(FurtherSettings.SCAN_INTERVAL);
    }

    Duration retryFor() {
        return get(FurtherSettings.RETRY_FOR);
    }

    /** The longest that one load of a batch into one cluster, and any statement there, may take. */
    Duration loadAtMost() {
        return get(FurtherSettings.LOAD_AT_MOST);
    }

    /** What each setting allows, but not with the others. */
    private void bounds() {
        Duration keep = keep();
        Duration retryFor = retryFor();
        if (keep.compareTo(retryFor) < 0) {
            faults.add(new Fault(
                    FurtherSettings.KEEP.name(),
                    Quantity.inWords(keep),
                    "the ledger would forget batches that are still tried again: write at least as much as "
                            + FurtherSettings.RETRY_FOR + ", " + Quantity.inWords(retryFor)));
        }
        Duration since = reconcileSince();
        if (reconciles() && keep.compareTo(since) < 0) {
            faults.add(new Fault(
                    FurtherSettings.RECONCILE_SINCE.name(),
                    Quantity.inWords(since),
                    "the ledger knows less: write at most as much as " + FurtherSettings.KEEP + ", "
                            + Quantity.inWords(keep)));
        }
    }

    /** How many batches of a feed wait at most for their turn in a cluster, in this instance. */
    int waiting() {
        return get(FurtherSettings.WAITING);
    }

    /** How many tables of syncs an instance reads at a time. */
    int tablesAtOnce() {
        return get(FurtherSettings.TABLES_AT_ONCE);
    }

    /** When nothing is loaded; of what can't be understood, the faults are remembered. */
    public NoLoadWindows noLoadWindows() {
        NoLoadWindows windows = NoLoadWindows.of(get(FurtherSettings.NO_LOAD_WINDOWS));
        faults.addAll(windows.faults());
        return windows;
    }

    /** Where messages are posted, if anywhere. */
    TellSteps.Webhook webhook() {
        return new TellSteps.Webhook(
                get(FirstSettings.WEBHOOK_URL),
                Optional.of(get(FirstSettings.WEBHOOK_AUTHORIZATION)).filter(secret -> !secret.isEmpty()));
    }

    /** Only the faults are wanted: the console reads the setting itself. */
    private void observeHosts() {
        for (String name : Hosts.faults(get(FurtherSettings.OBSERVE_HOSTS))) {
            faults.add(new Fault(
                    Hosts.SETTING,
                    name,
                    "write " + FurtherSettings.OBSERVE_HOSTS.form().written()));
        }
    }

    /** Whether feeds are compared at planned times. */
    public boolean reconciles() {
        return get(FurtherSettings.RECONCILE);
    }

    /** How far back a planned reconciliation looks. */
    Duration reconcileSince() {
        return get(FurtherSettings.RECONCILE_SINCE);
    }

    boolean reload() {
        return get(FurtherSettings.RELOAD);
    }

    /** Where the ledger tables are in each cluster. */
    public String clusterSchema() {
        return get(FurtherSettings.CLUSTER_SCHEMA);
    }

    /** What stands there; of what can't be understood, the fault is remembered, and the default counts. */
    private <T> T get(Property<T> setting) {
        String text = text(setting.name(), setting.writtenDefault());
        T otherwise = setting.byDefault().orElseThrow();
        if (text.isEmpty() && setting.writtenDefault().isEmpty()) {
            return otherwise;
        }
        Reading<T> reading = setting.form().reader().apply(text);
        if (reading instanceof Good<T> good) {
            return good.value();
        }
        Wrong<T> wrong = (Wrong<T>) reading;
        faults.add(new Fault(setting.name(), wrong.shown(), wrong.advice()));
        return otherwise;
    }

    String text(String key, String otherwise) {
        try {
            return context.resolvePropertyPlaceholders("{{" + key + ":" + otherwise + "}}")
                    .trim();
        } catch (IllegalArgumentException e) {
            if (RouteCheck.namesNothing(e)) {
                return otherwise; // FirstCheck says so
            }
            throw e;
        }
    }
}
