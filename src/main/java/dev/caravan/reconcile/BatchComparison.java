package dev.caravan.reconcile;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.copy.CopyFailure;
import dev.caravan.feed.Feed;
import dev.caravan.feed.Quantity;
import dev.caravan.feed.Unresolved;
import dev.caravan.ledger.BatchFilter;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.LedgerReader;
import dev.caravan.outcome.Outcome;
import dev.caravan.reconcile.Difference.Kind;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The ledger's batches beside the clusters' own ledger tables. The ledger is read first: what it calls loaded then is in the cluster by now. */
public record BatchComparison(LedgerReader ledger, ClusterRows clusters) {
    private static final Duration STUCK = Duration.ofHours(1);
    private static final int MOST = 100_000;

    void run(Feed feed, Instant since, Instant now, Consumer<Difference> differences) {
        List<BatchRecord> batches =
                ledger.list(BatchFilter.all().of(feed.name()).between(since, Instant.MAX), MOST);
        Map<String, Set<String>> loaded = new TreeMap<>();
        feed.clusters().forEach(cluster -> loaded.put(cluster, new HashSet<>()));
        for (BatchRecord record : batches) {
            trouble(record, now).ifPresent(differences);
            record.batch().outcomes().values().stream()
                    .filter(Outcome.Loaded.class::isInstance)
                    .forEach(outcome -> loaded.computeIfAbsent(outcome.cluster(), c -> new HashSet<>())
                            .add(record.batch().id()));
        }
        loaded.forEach((cluster, ids) -> {
            try {
                Set<String> rows = new HashSet<>();
                for (Feed target : targets(feed, batches, cluster)) {
                    rows.addAll(clusters.batches(cluster, target, LedgerReader.firstId(feed.name(), since)));
                }
                compare(cluster, ids, rows, now, differences);
            } catch (SQLException e) {
                differences.accept(
                        new Difference(Kind.UNASKED, cluster, CopyFailure.of(e).problem()));
            }
        });
    }

    /** The feed once for each table of the cluster: for all that are known to be its, if they depend on the object. */
    private static Collection<Feed> targets(Feed feed, List<BatchRecord> batches, String cluster) {
        Map<String, Feed> byTable = new TreeMap<>();
        if (!feed.isCapturing()) {
            byTable.put("", feed.in(cluster));
        }
        for (BatchRecord record : batches) {
            try {
                Feed target = feed.ofBatch(record.batch().key()).in(cluster);
                byTable.putIfAbsent(feed.isCapturing() ? target.table() : "", target);
            } catch (Unresolved e) {
                // a batch of another pattern: nobody knows its table any more
            }
        }
        return byTable.values();
    }

    private void compare(
            String cluster, Set<String> loaded, Set<String> rows, Instant now, Consumer<Difference> differences) {
        loaded.stream()
                .filter(id -> !rows.contains(id))
                .sorted()
                .forEach(id -> differences.accept(new Difference(
                        Kind.MISSING,
                        id,
                        "the ledger says it is loaded into " + cluster
                                + ", whose ledger table doesn't name it: was that table"
                                + " or the cluster restored from a backup?")));
        rows.stream()
                .filter(id -> !loaded.contains(id))
                .sorted()
                .forEach(id -> unexpected(cluster, id, now).ifPresent(differences));
    }

    private Optional<Difference> unexpected(String cluster, String id, Instant now) {
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
