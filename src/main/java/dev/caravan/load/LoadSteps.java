package dev.caravan.load;

import dev.caravan.batch.Batch;
import dev.caravan.batch.ExchangeProperties;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.LoadSettings;
import dev.caravan.batch.Stage;
import dev.caravan.batch.UnloadableBatch;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.LeaseLost;
import dev.caravan.ledger.Ledger;
import dev.caravan.load.manifest.CurrentFiles;
import dev.caravan.load.manifest.ManifestKey;
import dev.caravan.load.manifest.QuarantineOfBatch;
import dev.caravan.outcome.Outcome;
import dev.caravan.redshift.admission.Clusters;
import dev.caravan.redshift.failure.CopyFailure;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps of route {@code load}: from a locked batch to a manifest, and one copy for each cluster that takes loads now. */
public final class LoadSteps {
    private static final Logger LOG = LoggerFactory.getLogger(LoadSteps.class);

    private final Ledger ledger;
    private final Outcomes outcomes;
    private final LoadSettings.Lookup settings;
    private final CurrentFiles current;
    private final Clusters clusters;
    private final Retries retries;
    private final Clock clock;

    public LoadSteps(
            Ledger ledger,
            Outcomes outcomes,
            LoadSettings.Lookup settings,
            CurrentFiles current,
            Clusters clusters,
            Retries retries,
            Clock clock) {
        this.current = current;
        this.ledger = ledger;
        this.outcomes = outcomes;
        this.settings = settings;
        this.clusters = clusters;
        this.retries = retries;
        this.clock = clock;
    }

    /** Sees to it that the batch is at stage {@code manifest}, as one that was just locked is, and finds the feed as it is configured now: properties {@code batch} and {@code feed}. */
    public void begin(Batch batch, Exchange exchange) {
        Attempt.OF_ONE_ATTEMPT.forEach(exchange::removeProperty);
        exchange.setProperty(ExchangeProperties.BATCH, batch);
        exchange.setProperty(Attempt.TRIED, !batch.manifest().isEmpty());
        exchange.setProperty(ExchangeProperties.FEED, settings.of(batch));
        if (batch.stage() != Stage.MANIFEST) {
            exchange.setProperty(ExchangeProperties.BATCH, ledger.reach(batch, Stage.MANIFEST));
        }
    }

    /**
     * The clusters that this attempt copies into: those in which nothing has become of the batch yet, that take loads now, for which not too many
     * batches wait here, and that want the same files of it. None if there are none, or the feed is paused. A batch that has waited too long is not failed here: it fails when it
     * was tried once more.
     *
     * @throws Conflict if others change the batch meanwhile
     */
    public List<String> clusters(Exchange exchange) throws Conflict {
        Batch batch = Attempt.batchOf(exchange);
        LoadSettings of = Attempt.settings(exchange);
        List<String> pending = batch.pending(of.clusters());
        if (pending.isEmpty() && batch.outcomes().isEmpty()) {
            throw new UnloadableBatch("feed " + of.name() + " names none of the clusters that the batch is for ("
                    + String.join(", ", batch.only()) + "): add them to the feed's clusters, then reprocess batch "
                    + batch.id());
        }
        if (clusters.paused(of.name()).isPresent()) {
            return List.of();
        }
        List<String> open = new ArrayList<>();
        List<String> withoutRoom = new ArrayList<>();
        for (String cluster : pending) {
            if (!clusters.hasRoom(cluster, batch)) {
                withoutRoom.add(cluster);
            } else if (clusters.admit(cluster, batch.id())) {
                open.add(cluster);
            }
        }
        exchange.setProperty(Attempt.WITHOUT_ROOM, withoutRoom);
        if (isLoadable(exchange)) {
            batch = withoutOverwritten(batch, of, open, exchange);
        }
        QuarantineOfBatch quarantine = new QuarantineOfBatch(ledger.quarantined(batch));
        for (String cluster : List.copyOf(open)) {
            if (quarantine.isRefusedAsAWhole(cluster, batch.files())) {
                outcomes.failed(batch, quarantine.nothingLeft(cluster, clock.instant()));
                open.remove(cluster);
            }
        }
        List<String> alike = open.isEmpty() ? open : quarantine.alike(open);
        exchange.setProperty(Attempt.CLUSTERS, alike);
        exchange.setProperty(Attempt.ASIDE, alike.isEmpty() ? Set.of() : quarantine.of(alike.get(0)));
        return alike;
    }

    /** Has files left out whose objects' content another batch loads, and those clusters wait for which that isn't settled yet. */
    private Batch withoutOverwritten(Batch batch, LoadSettings of, List<String> open, Exchange exchange)
            throws Conflict {
        CurrentFiles.Found found = current.leaveOut(batch, of, open);
        outcomes.quarantined(found.batch(), found.unclear());
        found.unclear().forEach(file -> LOG.warn("Quarantined for cluster {}: {}", file.cluster(), file.cause()));
        open.removeAll(found.waiting().keySet());
        exchange.setProperty(Attempt.WAITING, found.waiting());
        exchange.setProperty(ExchangeProperties.BATCH, found.batch());
        return found.batch();
    }

    /** Whether those who loaded the batch lived. Else nothing of it is read or copied; its clusters are only asked whether they hold it. */
    public boolean isLoadable(Exchange exchange) {
        return Attempt.batchOf(exchange).deadly().isEmpty();
    }

    /** Fails a batch that takes down whoever loads it, before anything is done for it. */
    public void setAsideIfDeadly(Exchange exchange) {
        Batch batch = Attempt.batchOf(exchange);
        batch.deadly().ifPresent(stage -> {
            throw new UnloadableBatch("set aside, since each instance that took it up died at stage " + stage.word()
                    + ", " + Batch.MOST_DEATHS + " in a row: see the ends of their logs (caravan describe batch "
                    + batch.id() + " names them), remove or mend what brings them down, then reprocess batch "
                    + batch.id());
        });
    }

    /** The batch's manifest as the body; where it belongs, as properties {@code manifest}, {@code manifestBucket} and {@code manifestKey}. */
    public byte[] manifest(Exchange exchange) throws IOException {
        Batch batch = Attempt.batchOf(exchange);
        ManifestKey place = ManifestKey.of(Attempt.settings(exchange), batch.id(), batch.attempt());
        exchange.setProperty(ExchangeProperties.MANIFEST, place.url());
        List<FileEntry> files = Attempt.files(ledger, exchange);
        if (Attempt.target(exchange).isFileByFile()) {
            exchange.setProperty(Attempt.SINGLES, new SingleFiles(files));
        }
        exchange.setProperty(Attempt.NOTHING_LEFT, files.isEmpty());
        if (!files.isEmpty()) {
            exchange.setProperty(
                    ExchangeProperties.LAST_FILE, files.get(files.size() - 1).url());
        }
        exchange.setProperty(
                ExchangeProperties.CREATED,
                files.stream().mapToLong(file -> file.created().toEpochMilli()).toArray());
        return Attempt.render(place, files, exchange);
    }

    /** Whether a file is left that wants a manifest of its own. */
    public boolean isFileLeft(Exchange exchange) {
        SingleFiles singles = exchange.getProperty(Attempt.SINGLES, SingleFiles.class);
        return singles != null && !singles.isDone();
    }

    /** The manifest of one file alone as the body; where it belongs, as properties {@code manifestBucket} and {@code manifestKey}. */
    public byte[] fileManifest(Exchange exchange) throws IOException {
        Batch batch = Attempt.batchOf(exchange);
        SingleFiles singles = Objects.requireNonNull(exchange.getProperty(Attempt.SINGLES, SingleFiles.class));
        ManifestKey place = ManifestKey.of(Attempt.settings(exchange), batch.id(), batch.attempt())
                .forFile(singles.count());
        return Attempt.render(place, List.of(singles.next(place)), exchange);
    }

    /** Notes the manifest and that stage {@code copy} begins. Returns the clusters to copy into. */
    public List<?> copies(Exchange exchange) {
        Batch batch = Attempt.batchOf(exchange);
        if (isLoadable(exchange)) {
            retries.worked();
            batch = ledger.manifest(batch, exchange.getProperty(ExchangeProperties.MANIFEST, String.class));
        }
        exchange.setProperty(ExchangeProperties.BATCH, batch);
        exchange.setProperty(Attempt.LATEST, new AtomicReference<>(batch));
        return exchange.getProperty(Attempt.CLUSTERS, List.class);
    }

    /** Whether the batch is to be tried, or tried again at once: route {@code load} goes round. */
    public boolean isUnsettled(Exchange exchange) {
        return !exchange.getProperty(Attempt.SETTLED, false, Boolean.class);
    }

    /**
     * Ends the attempt. If a cluster is still without an outcome, but another attempt would be another one (files were left out, or another cluster wants
     * other files), that begins, with the batch as the body.
     *
     * @throws NotYetLoaded if there is something to wait for
     */
    public void settle(Exchange exchange) throws NotYetLoaded {
        Batch before = Attempt.batchOf(exchange);
        List<String> all = Attempt.settings(exchange).clusters();
        Batch latest = Attempt.latest(exchange).map(AtomicReference::get).orElse(before);
        // With an outcome for each cluster nothing changes any more; else the ledger knows what the copies have noted.
        Batch batch = latest.pending(all).isEmpty()
                ? latest
                : ledger.find(before.id()).orElseThrow();
        exchange.setProperty(ExchangeProperties.BATCH, batch);
        List<String> pending = batch.pending(all);
        exchange.setProperty(Attempt.SETTLED, pending.isEmpty());
        if (pending.isEmpty()) {
            return;
        }
        if (isAnotherAttempt(before, batch, pending, exchange)
                && !exchange.getContext().isStopping()) {
            exchange.getMessage().setBody(ledger.again(batch));
            return;
        }
        List<?> without = exchange.getProperty(Attempt.WITHOUT_ROOM, List.of(), List.class);
        Map<?, ?> waiting = exchange.getProperty(Attempt.WAITING, Map.of(), Map.class);
        String reason = waiting.isEmpty()
                ? noted(batch, pending, exchange)
                : waiting.values().iterator().next().toString();
        throw new NotYetLoaded(
                batch.id(), pending, pending.stream().filter(without::contains).toList(), reason);
    }

    /** What the attempt has noted; if it tried none of the clusters, what the batch says is of another attempt. */
    static String noted(Batch batch, List<String> pending, Exchange exchange) {
        List<?> tried = exchange.getProperty(Attempt.CLUSTERS, List.of(), List.class);
        return pending.stream().noneMatch(tried::contains) || batch.reason().isEmpty()
                ? "cluster " + String.join(", ", pending) + " took nothing when the batch's turn came, and may now"
                : batch.reason();
    }

    /** Whether the next attempt has fewer files than the last, or is for clusters that want other files and take loads. */
    private boolean isAnotherAttempt(Batch before, Batch batch, List<String> pending, Exchange exchange) {
        List<?> tried = exchange.getProperty(Attempt.CLUSTERS, List.of(), List.class);
        List<?> without = exchange.getProperty(Attempt.WITHOUT_ROOM, List.of(), List.class);
        Map<?, ?> waiting = exchange.getProperty(Attempt.WAITING, Map.of(), Map.class);
        boolean fewerFiles = batch.quarantined() > before.quarantined() || batch.superseded() > before.superseded();
        boolean othersTakeLoads = pending.stream()
                .anyMatch(cluster -> !tried.contains(cluster)
                        && !without.contains(cluster)
                        && !waiting.containsKey(cluster)
                        && clusters.closed(cluster).isEmpty());
        return fewerFiles || (!tried.isEmpty() && othersTakeLoads);
    }

    /** Notes for every cluster that is still without an outcome that nothing will become of the batch there, and why. */
    public void fail(Exchange exchange) {
        Batch batch = Attempt.batchOf(exchange);
        CopyFailure failure = Retries.failure(exchange);
        LoadSettings of = exchange.getProperty(ExchangeProperties.FEED, LoadSettings.class);
        List<String> pending = of == null ? List.of() : batch.pending(of.clusters());
        List<String> named = batch.only().isEmpty() ? List.of("none") : batch.only();
        try {
            for (String cluster : pending.isEmpty() && batch.outcomes().isEmpty() ? named : pending) {
                outcomes.failed(
                        batch,
                        new Outcome.Failed(
                                cluster, clock.instant(), retries.finalReason(failure), failure.sqlState(), List.of()));
            }
        } catch (LeaseLost e) {
            LOG.debug("{}", e.getMessage()); // notify, which comes next, finds the same and says so
        }
    }
}
