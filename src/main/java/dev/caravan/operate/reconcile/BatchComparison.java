package dev.caravan.operate.reconcile;

import dev.caravan.base.Quantity;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.feed.Feed;
import dev.caravan.feed.capture.Unresolved;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.read.LedgerReader;
import dev.caravan.operate.reconcile.Difference.Kind;
import dev.caravan.outcome.Outcome;
import dev.caravan.redshift.failure.CopyFailure;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The ledger's batches beside the clusters' own ledger tables. However many there are, some thousands are compared at a time; of these the ledger is
 * read first: what it calls loaded then is in the cluster by now.
 *
 * @param slice how many batches are compared at a time
 */
public record BatchComparison(LedgerReader ledger, ClusterRows clusters, int slice) {
    private static final Duration STUCK = Duration.ofHours(1);
    private static final int SLICE = 10_000;

    public BatchComparison(LedgerReader ledger, ClusterRows clusters) {
        this(ledger, clusters, SLICE);
    }

    void run(Feed feed, Instant since, Instant now, Consumer<Difference> differences) {
        ledger.open(feed.name()).stream()
                .filter(record -> !record.batch().first().isBefore(since))
                .flatMap(record -> trouble(record, now).stream())
                .forEach(differences);
        Slices slices = new Slices(feed, targets(feed, since), now, differences);
        ledger.lockedSince(feed.name(), since).forEach(record -> {
            trouble(record, now).ifPresent(differences);
            slices.add(record.batch());
        });
        slices.compare(LedgerReader.firstId(feed.name(), since));
    }

    /** The feed once for each table: for all that are known to be its, if they depend on the object. */
    private List<Feed> targets(Feed feed, Instant since) {
        if (!feed.isCapturing()) {
            return List.of(feed);
        }
        Map<String, Feed> byTable = new TreeMap<>();
        ledger.lockedSince(feed.name(), since)
                .map(record -> record.batch().key())
                .distinct()
                .forEach(key -> {
                    try {
                        Feed target = feed.ofBatch(key);
                        byTable.putIfAbsent(target.table(), target);
                    } catch (Unresolved e) {
                        // a batch of another pattern: nobody knows its table any more
                    }
                });
        return List.copyOf(byTable.values());
    }

    /** The ids that the ledger calls loaded, newest first, compared with a cluster whenever there are enough. */
    private final class Slices {
        private final Feed feed;
        private final List<Feed> targets;
        private final Instant now;
        private final Consumer<Difference> differences;
        private final Map<String, Set<String>> loaded = new TreeMap<>();
        private final Set<String> unasked = new HashSet<>();
        private String to;
        private int size;

        Slices(Feed feed, List<Feed> targets, Instant now, Consumer<Difference> differences) {
            this.feed = feed;
            this.targets = targets;
            this.now = now;
            this.differences = differences;
            to = LedgerReader.behindAll(feed.name());
        }

        void add(Batch batch) {
            batch.outcomes().values().stream()
                    .filter(Outcome.Loaded.class::isInstance)
                    .forEach(outcome -> loaded.computeIfAbsent(outcome.cluster(), c -> new HashSet<>())
                            .add(batch.id()));
            if (++size == slice) {
                compare(batch.id());
            }
        }

        /** Compares what was added since, down to an id. */
        void compare(String from) {
            feed.clusters().forEach(cluster -> loaded.computeIfAbsent(cluster, c -> new HashSet<>()));
            loaded.forEach((cluster, ids) -> {
                if (!unasked.contains(cluster)) {
                    compare(cluster, ids, from);
                }
            });
            loaded.clear();
            size = 0;
            to = from;
        }

        private void compare(String cluster, Set<String> ids, String from) {
            Set<String> missing = new HashSet<>(ids);
            try {
                for (Feed target : targets) {
                    clusters.forEach(cluster, target.in(cluster), from, to, id -> {
                        missing.remove(id);
                        if (!ids.contains(id)) {
                            unexpected(cluster, id, now).ifPresent(differences);
                        }
                    });
                }
            } catch (SQLException e) {
                unasked.add(cluster);
                differences.accept(
                        new Difference(Kind.UNASKED, cluster, CopyFailure.of(e).problem()));
                return;
            }
            missing.stream()
                    .sorted()
                    .forEach(id -> differences.accept(new Difference(
                            Kind.MISSING,
                            id,
                            "the ledger says it is loaded into " + cluster
                                    + ", whose ledger table doesn't name it: was that table"
                                    + " or the cluster restored from a backup?")));
        }
    }

    /** Whether a person has deleted a batch on purpose. */
    boolean isDeleted(String id) {
        return ledger.deleted(id).isPresent();
    }

    private Optional<Difference> unexpected(String cluster, String id, Instant now) {
        if (isDeleted(id)) {
            return Optional.empty();
        }
        Optional<Batch> batch = ledger.find(id).map(BatchRecord::batch);
        String status;
        if (batch.isEmpty()) {
            status = "the ledger doesn't know it";
        } else if (batch.get().outcomes().get(cluster) instanceof Outcome.Loaded || isOnItsWay(batch.get(), now)) {
            return Optional.empty();
        } else {
            status = "in the ledger its status is " + batch.get().status().word();
        }
        return Optional.of(new Difference(Kind.UNEXPECTED, id, "its rows are in " + cluster + ", but " + status));
    }

    private static boolean isOnItsWay(Batch batch, Instant now) {
        return batch.status() == BatchStatus.LOCKED
                && batch.locked().map(now.minus(STUCK)::isBefore).orElse(false);
    }

    /** A batch that isn't loaded and won't be soon. */
    private static Optional<Difference> trouble(BatchRecord record, Instant now) {
        Batch batch = record.batch();
        Instant wanted = batch.status() == BatchStatus.OPEN
                ? batch.due()
                : batch.locked().orElse(batch.due());
        boolean live = batch.status() == BatchStatus.OPEN || batch.status() == BatchStatus.LOCKED;
        if (live && wanted.isBefore(now.minus(STUCK))) {
            String words = (batch.status() == BatchStatus.OPEN ? "due since " : "being loaded since ")
                    + Quantity.inWords(Duration.between(wanted, now)) + ", " + Quantity.count(batch.files(), "file")
                    + (batch.reason().isEmpty() ? "" : ": " + batch.reason());
            return Optional.of(new Difference(Kind.STUCK, batch.id(), words));
        }
        return batch.status() == BatchStatus.ERROR
                ? Optional.of(new Difference(
                        Kind.FAILED,
                        batch.id(),
                        Quantity.count(batch.files(), "file") + "; caravan describe batch " + batch.id() + " says why"))
                : Optional.empty();
    }
}
