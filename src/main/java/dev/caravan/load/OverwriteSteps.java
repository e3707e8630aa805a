package dev.caravan.load;

import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Ledger.KnownFile;
import dev.caravan.load.manifest.QuarantineOfBatch;
import dev.caravan.load.suspect.Overwritten;
import dev.caravan.redshift.failure.CopyFailure;
import dev.caravan.s3.event.ObjectCreated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps of route {@code explain} for files that were overwritten before they were loaded: their batch goes on without them, and what the objects hold now is
 * loaded once, by the batch that its event has led to, or else by one of its own.
 */
public final class OverwriteSteps {
    private static final Logger LOG = LoggerFactory.getLogger(OverwriteSteps.class);
    private static final String LEFT_OUT = "overwrittenLeftOut";

    /** A version and what names it in the batch take a write each, and the batches four more. */
    private static final int AT_ONCE = Ledger.FILES_PER_WRITE - 2;

    private final Ledger ledger;
    private final Overwritten overwritten;

    public OverwriteSteps(Ledger ledger, Overwritten overwritten) {
        this.ledger = ledger;
        this.overwritten = overwritten;
    }

    /** Whether that may be the reason: a file is refused, by no row that the cluster noted. */
    public boolean mayBe(Exchange exchange) {
        CopyFailure failure = Retries.failure(exchange);
        return !CopySteps.isLoaded(exchange)
                && failure.kind() == CopyFailure.Kind.BAD_DATA
                && !failure.refusesRows()
                && !failure.missing();
    }

    /**
     * Has the batch go on without files that S3 holds in another version, if there are such.
     *
     * @throws Conflict if others change the batch, or take a version, meanwhile: the next attempt finds the same
     */
    public void leaveOut(Exchange exchange) throws Conflict {
        Map<FileEntry, ObjectCreated> found = overwritten.of(Attempt.files(ledger, exchange));
        if (found.isEmpty()) {
            return;
        }
        Batch batch = ledger.find(Attempt.batchOf(exchange).id()).orElseThrow();
        String cluster = CopySteps.cluster(exchange);
        Map<FileEntry, FileEntry> unknown = new LinkedHashMap<>();
        List<QuarantinedFile> known = new ArrayList<>();
        for (Map.Entry<FileEntry, ObjectCreated> one : found.entrySet()) {
            FileEntry file = one.getKey();
            List<KnownFile> versions = ledger.versions(file.feed(), file.url());
            Optional<KnownFile> there = versions.stream()
                    .filter(version ->
                            version.file().version().equals(one.getValue().version()))
                    .findFirst();
            if (there.isPresent()) {
                known.add(superseded(file, batch, cluster, batchOf(there.get(), file, cluster)));
            } else {
                unknown.put(file, version(file, one.getValue()));
            }
        }
        for (List<QuarantinedFile> some : parts(known)) {
            batch = ledger.supersede(batch, some);
        }
        for (List<FileEntry> some : parts(List.copyOf(unknown.keySet()))) {
            Map<FileEntry, FileEntry> replaced = new HashMap<>(unknown);
            replaced.keySet().retainAll(some);
            batch = ledger.takeInstead(batch, cluster, replaced);
        }
        exchange.setProperty(LEFT_OUT, true);
        LOG.warn(
                "Batch {} goes on without {} in cluster {}, since they were overwritten before they were loaded: what they hold now is"
                        + " loaded by other batches. The first is {}",
                batch.id(),
                found.size(),
                cluster,
                found.keySet().iterator().next().url());
    }

    /**
     * The batch that loads a version which is known. It may have been left out of its own when an older one was thought to be the newest, or its
     * batch may be for another cluster only.
     */
    private String batchOf(KnownFile there, FileEntry file, String cluster) throws Conflict {
        Optional<Batch> of = ledger.find(there.batch());
        boolean elsewhere = of.filter(batch -> isElsewhere(batch, cluster) || isLeftOut(there, file, batch, cluster))
                .isPresent();
        return elsewhere ? ledger.loadAfterAll(there, List.of(cluster)).id() : there.batch();
    }

    private static boolean isElsewhere(Batch batch, String cluster) {
        return !batch.only().isEmpty() && !batch.only().contains(cluster);
    }

    private boolean isLeftOut(KnownFile there, FileEntry file, Batch batch, String cluster) {
        return new QuarantineOfBatch(ledger.quarantined(batch))
                .supersededIn(batch).stream()
                        .anyMatch(left -> left.cluster().equals(cluster)
                                && left.file().version().equals(there.file().version())
                                && left.file().url().equals(file.url()));
    }

    private static QuarantinedFile superseded(FileEntry file, Batch batch, String cluster, String instead) {
        return QuarantinedFile.superseded(
                file,
                cluster,
                batch.attempt(),
                instead,
                "overwritten before it was loaded: batch " + instead + " has what the object holds now");
    }

    /** What S3 holds now, as a file of the feed; newer than what it has overwritten, though S3 tells whole seconds of it. */
    private static FileEntry version(FileEntry file, ObjectCreated now) {
        Instant after = file.created().plusMillis(1);
        return new FileEntry(
                file.feed(),
                file.url(),
                now.version(),
                now.size(),
                now.created().isAfter(after) ? now.created() : after);
    }

    private static <T> List<List<T>> parts(List<T> all) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            parts.add(all.subList(from, Math.min(from + AT_ONCE, all.size())));
        }
        return parts;
    }

    /** Whether the batch goes on without some of its files: nothing is wrong with the others. */
    static boolean isLeftOut(Exchange exchange) {
        return exchange.getProperty(LEFT_OUT, false, Boolean.class);
    }
}
