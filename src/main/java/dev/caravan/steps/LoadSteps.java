package dev.caravan.steps;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStrategy;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.Stage;
import dev.caravan.batch.UnloadableBatch;
import dev.caravan.copy.CopyFailure;
import dev.caravan.copy.CopySource.SingleFile;
import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.feed.Unresolved;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.LeaseLost;
import dev.caravan.ledger.Ledger;
import dev.caravan.load.Clusters;
import dev.caravan.manifest.CurrentFiles;
import dev.caravan.manifest.ManifestKey;
import dev.caravan.manifest.ManifestWriter;
import dev.caravan.manifest.QuarantineOfBatch;
import dev.caravan.outcome.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps of route {@code load}: from a locked batch to a manifest, and one copy for each cluster that takes loads now. */
public final class LoadSteps {
    /** Exchange property: the {@link Batch}, as the ledger gave it when the load began. */
    public static final String BATCH = "batch";

    /** Exchange property: the URL of the batch's last file. */
    static final String LAST_FILE = "lastFile";

    /** Exchange property: whether an earlier attempt has come so far that a cluster may have loaded the batch. */
    private static final String TRIED = "tried";

    /** Exchange property: the clusters that this attempt copies into. */
    private static final String CLUSTERS = "clusters";

    /** Exchange property: the clusters for which too many batches of the feed wait already. */
    private static final String WITHOUT_ROOM = "withoutRoom";

    /** Exchange property: the files that this attempt leaves out because those clusters have refused them, or other batches load their objects. */
    private static final String ASIDE = "aside";

    /** Exchange property: when S3 created each file of the attempt's manifest, in milliseconds since 1970. */
    static final String CREATED = "created";

    /** Exchange property: whether the batch has an outcome for each of its clusters. */
    private static final String SETTLED = "settled";

    /** Exchange property: whether the attempt's manifest names no file. */
    private static final String NOTHING_LEFT = "nothingLeft";

    /** Exchange property: why nothing is copied into some clusters yet, though they take loads. */
    private static final String WAITING = "waitsForOtherBatch";

    /** Exchange property: the {@link SingleFiles}, if the feed copies file by file. */
    private static final String SINGLES = "singles";

    /** Exchange property: the batch as a copy's outcome has left it, for all copies of the attempt. */
    private static final String LATEST = "latest";

    private static final List<String> OF_ONE_ATTEMPT =
            List.of(CLUSTERS, ASIDE, NOTHING_LEFT, WITHOUT_ROOM, WAITING, SINGLES, LATEST);

    private static final Logger LOG = LoggerFactory.getLogger(LoadSteps.class);

    private final Ledger ledger;
    private final Outcomes outcomes;
    private final Feeds feeds;
    private final CurrentFiles current;
    private final Clusters clusters;
    private final Retries retries;
    private final Clock clock;

    public LoadSteps(
            Ledger ledger,
            Outcomes outcomes,
            Feeds feeds,
            CurrentFiles current,
            Clusters clusters,
            Retries retries,
            Clock clock) {
        this.current = current;
        this.ledger = ledger;
        this.outcomes = outcomes;
        this.feeds = feeds;
        this.clusters = clusters;
        this.retries = retries;
        this.clock = clock;
    }

    /** Sees to it that the batch is at stage {@code manifest}, as one that was just locked is, and finds the feed as it is configured now: properties {@code batch} and {@code feed}. */
    public void begin(Batch batch, Exchange exchange) {
        OF_ONE_ATTEMPT.forEach(exchange::removeProperty);
        exchange.setProperty(BATCH, batch);
        exchange.setProperty(TRIED, !batch.manifest().isEmpty());
        exchange.setProperty(BatchStrategy.FEED, feedOf(batch));
        if (batch.stage() != Stage.MANIFEST) {
            exchange.setProperty(BATCH, ledger.reach(batch, Stage.MANIFEST));
        }
    }

    private Feed feedOf(Batch batch) {
        try {
            return feeds.named(batch.feed())
                    .orElseThrow(() -> new UnloadableBatch("feed " + batch.feed()
                            + " is not configured any more: put it back into routes/feeds.camel.yaml, then reprocess"
                            + " batch " + batch.id()))
                    .ofBatch(batch.key());
        } catch (Unresolved e) {
            throw new UnloadableBatch(
                    "feed " + batch.feed() + " doesn't say any more into which table the batch goes: " + e.getMessage()
                            + ". Put its keyPattern, table and options back, then reprocess batch " + batch.id());
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
        Batch batch = batchOf(exchange);
        Feed feed = feed(exchange);
        List<String> pending = batch.pending(feed.clusters());
        if (pending.isEmpty() && batch.outcomes().isEmpty()) {
            throw new UnloadableBatch("feed " + feed.name() + " names none of the clusters that the batch is for ("
                    + String.join(", ", batch.only()) + "): add them to the feed's clusters, then reprocess batch "
                    + batch.id());
        }
        if (clusters.paused(feed.name()).isPresent()) {
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
        exchange.setProperty(WITHOUT_ROOM, withoutRoom);
        if (isLoadable(exchange)) {
            batch = withoutOverwritten(batch, feed, open, exchange);
        }
        QuarantineOfBatch quarantine = new QuarantineOfBatch(ledger.quarantined(batch));
        for (String cluster : List.copyOf(open)) {
            if (quarantine.isRefusedAsAWhole(cluster, batch.files())) {
                outcomes.failed(batch, quarantine.nothingLeft(cluster, clock.instant()));
                open.remove(cluster);
            }
        }
        List<String> alike = open.isEmpty() ? open : quarantine.alike(open);
        exchange.setProperty(CLUSTERS, alike);
        exchange.setProperty(ASIDE, alike.isEmpty() ? Set.of() : quarantine.of(alike.get(0)));
        return alike;
    }

    /** Has files left out whose objects' content another batch loads, and those clusters wait for which that isn't settled yet. */
    private Batch withoutOverwritten(Batch batch, Feed feed, List<String> open, Exchange exchange) throws Conflict {
        CurrentFiles.Found found = current.leaveOut(batch, feed, open);
        outcomes.quarantined(found.batch(), found.unclear());
        found.unclear().forEach(file -> LOG.warn("Quarantined for cluster {}: {}", file.cluster(), file.cause()));
        open.removeAll(found.waiting().keySet());
        exchange.setProperty(WAITING, found.waiting());
        exchange.setProperty(BATCH, found.batch());
        return found.batch();
    }

    /** Whether those who loaded the batch lived. Else nothing of it is read or copied; its clusters are only asked whether they hold it. */
    public boolean isLoadable(Exchange exchange) {
        return batchOf(exchange).deadly().isEmpty();
    }

    /** Fails a batch that takes down whoever loads it, before anything is done for it. */
    public void setAsideIfDeadly(Exchange exchange) {
        Batch batch = batchOf(exchange);
        batch.deadly().ifPresent(stage -> {
            throw new UnloadableBatch("set aside, since each instance that took it up died at stage " + stage.word()
                    + ", " + Batch.MOST_DEATHS + " in a row: see the ends of their logs (caravan describe batch "
                    + batch.id() + " names them), remove or mend what brings them down, then reprocess batch "
                    + batch.id());
        });
    }

    /** The batch's manifest as the body; where it belongs, as property {@code manifest} and headers for the S3 endpoint. */
    public byte[] manifest(Exchange exchange) throws IOException {
        Batch batch = batchOf(exchange);
        ManifestKey place = ManifestKey.of(feed(exchange), batch.id(), batch.attempt());
        exchange.setProperty("manifestBucket", place.bucket());
        exchange.setProperty("manifest", place.url());
        List<FileEntry> files = files(ledger, exchange);
        if (feed(exchange).isFileByFile()) {
            exchange.setProperty(SINGLES, new SingleFiles(files));
        }
        exchange.setProperty(NOTHING_LEFT, files.isEmpty());
        if (!files.isEmpty()) {
            exchange.setProperty(LAST_FILE, files.get(files.size() - 1).url());
        }
        exchange.setProperty(
                CREATED,
                files.stream().mapToLong(file -> file.created().toEpochMilli()).toArray());
        return render(place, files, exchange);
    }

    /** Whether other batches load all that the attempt's files hold: then the cluster only notes that the batch is done. */
    static boolean isNothingLeft(Exchange exchange) {
        return exchange.getProperty(NOTHING_LEFT, false, Boolean.class);
    }

    /** Whether a file is left that wants a manifest of its own. */
    public boolean isFileLeft(Exchange exchange) {
        SingleFiles singles = exchange.getProperty(SINGLES, SingleFiles.class);
        return singles != null && !singles.isDone();
    }

    /** The manifest of one file alone as the body; where it belongs, as headers for the S3 endpoint. */
    public byte[] fileManifest(Exchange exchange) throws IOException {
        Batch batch = batchOf(exchange);
        SingleFiles singles = Objects.requireNonNull(exchange.getProperty(SINGLES, SingleFiles.class));
        ManifestKey place =
                ManifestKey.of(feed(exchange), batch.id(), batch.attempt()).forFile(singles.count());
        return render(place, List.of(singles.next(place)), exchange);
    }

    static byte[] render(ManifestKey place, List<FileEntry> files, Exchange exchange) throws IOException {
        exchange.getMessage().setHeader(AWS2S3Constants.KEY, place.key());
        exchange.getMessage().setHeader(AWS2S3Constants.CONTENT_TYPE, "application/json");
        ByteArrayOutputStream manifest = new ByteArrayOutputStream();
        ManifestWriter.write(files.stream(), manifest);
        return manifest.toByteArray();
    }

    /** Notes the manifest and that stage {@code copy} begins. Returns the clusters to copy into. */
    public List<?> copies(Exchange exchange) {
        Batch batch = batchOf(exchange);
        if (isLoadable(exchange)) {
            retries.worked();
            batch = ledger.manifest(batch, exchange.getProperty("manifest", String.class));
        }
        exchange.setProperty(BATCH, batch);
        exchange.setProperty(LATEST, new AtomicReference<>(batch));
        return exchange.getProperty(CLUSTERS, List.class);
    }

    /** Whether the batch is to be tried, or tried again at once: route {@code load} goes round. */
    public boolean isUnsettled(Exchange exchange) {
        return !exchange.getProperty(SETTLED, false, Boolean.class);
    }

    /**
     * Ends the attempt. If a cluster is still without an outcome, but another attempt would be another one (files were left out, or another cluster wants
     * other files), that begins, with the batch as the body.
     *
     * @throws NotYetLoaded if there is something to wait for
     */
    public void settle(Exchange exchange) throws NotYetLoaded {
        Batch before = batchOf(exchange);
        List<String> all = feed(exchange).clusters();
        Batch latest = latest(exchange).map(AtomicReference::get).orElse(before);
        // With an outcome for each cluster nothing changes any more; else the ledger knows what the copies have noted.
        Batch batch = latest.pending(all).isEmpty()
                ? latest
                : ledger.find(before.id()).orElseThrow();
        exchange.setProperty(BATCH, batch);
        List<String> pending = batch.pending(all);
        exchange.setProperty(SETTLED, pending.isEmpty());
        if (pending.isEmpty()) {
            return;
        }
        if (isAnotherAttempt(before, batch, pending, exchange)
                && !exchange.getContext().isStopping()) {
            exchange.getMessage().setBody(ledger.again(batch));
            return;
        }
        List<?> without = exchange.getProperty(WITHOUT_ROOM, List.of(), List.class);
        Map<?, ?> waiting = exchange.getProperty(WAITING, Map.of(), Map.class);
        String reason = waiting.isEmpty()
                ? batch.reason()
                : waiting.values().iterator().next().toString();
        throw new NotYetLoaded(
                batch.id(), pending, pending.stream().filter(without::contains).toList(), reason);
    }

    /** Whether the next attempt has fewer files than the last, or is for clusters that want other files and take loads. */
    private boolean isAnotherAttempt(Batch before, Batch batch, List<String> pending, Exchange exchange) {
        List<?> tried = exchange.getProperty(CLUSTERS, List.of(), List.class);
        List<?> without = exchange.getProperty(WITHOUT_ROOM, List.of(), List.class);
        Map<?, ?> waiting = exchange.getProperty(WAITING, Map.of(), Map.class);
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
        Batch batch = batchOf(exchange);
        CopyFailure failure = Retries.failure(exchange);
        Feed feed = exchange.getProperty(BatchStrategy.FEED, Feed.class);
        List<String> pending = feed == null ? List.of() : batch.pending(feed.clusters());
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

    /** A copy has noted its outcome: of two, the later one knows both. */
    static void noted(Batch batch, Exchange exchange) {
        latest(exchange)
                .ifPresent(latest -> latest.accumulateAndGet(
                        batch,
                        (one, other) -> one.outcomes().size() > other.outcomes().size() ? one : other));
    }

    @SuppressWarnings("unchecked")
    private static Optional<AtomicReference<Batch>> latest(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(LATEST, AtomicReference.class));
    }

    /** The files that are copied one by one; none if all are copied at once. */
    static List<SingleFile> singles(Exchange exchange) {
        SingleFiles singles = exchange.getProperty(SINGLES, SingleFiles.class);
        return singles == null ? List.of() : singles.written();
    }

    /** The files of the attempt's manifest. */
    static List<FileEntry> files(Ledger ledger, Exchange exchange) {
        Batch batch = batchOf(exchange);
        Set<?> aside = exchange.getProperty(ASIDE, Set.of(), Set.class);
        List<FileEntry> files = new ArrayList<>(Math.toIntExact(batch.files()));
        ledger.files(batch, file -> {
            if (!aside.contains(file)) {
                files.add(file);
            }
        });
        return files;
    }

    static boolean wasTriedBefore(Exchange exchange) {
        return exchange.getProperty(TRIED, false, Boolean.class);
    }

    static Batch batchOf(Exchange exchange) {
        return exchange.getProperty(BATCH, Batch.class);
    }

    /** The batch's feed; within a copy, as it is in the cluster. */
    static Feed feed(Exchange exchange) {
        Feed feed = exchange.getProperty(BatchStrategy.FEED, Feed.class);
        String cluster = CopySteps.clusterIfAny(exchange);
        return cluster == null ? feed : feed.in(cluster);
    }
}
