package dev.caravan.load.manifest;

import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.batch.UnloadableBatch;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Ledger.KnownFile;
import dev.caravan.outcome.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells of a failed batch whether other batches have loaded all of its files into the clusters that refused it, or what those files' objects hold since.
 * It remembers the first file of which that isn't so, and asks for that one first: looking again and again costs one read for each batch, however many
 * files that has. For one thread.
 */
public final class LaterLoads {
    /** Of so many batches it is remembered how far they were. */
    private static final int MOST = 10_000;

    private final Ledger ledger;
    private final Map<String, Progress> byBatch = new HashMap<>();

    public LaterLoads(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * How far a batch was at the last look.
     *
     * @param loaded so many files, in the ledger's order, are loaded by others
     * @param missing the next one, which isn't; empty if the batch's files can't be read
     */
    private record Progress(int attempt, long loaded, Optional<FileEntry> missing) {}

    /** Whether they have. */
    public boolean hold(Batch failed) {
        Progress before = Optional.ofNullable(byBatch.get(failed.id()))
                .filter(known -> known.attempt() == failed.attempt())
                .orElse(null);
        if (before != null && before.missing().isEmpty()) {
            return false;
        }
        Look look = new Look(failed);
        if (before != null && !look.isLoaded(before.missing().get())) {
            return false;
        }
        Optional<Progress> unfinished = unfinished(look, before == null ? 0 : before.loaded());
        byBatch.remove(failed.id());
        if (byBatch.size() == MOST) {
            byBatch.clear();
        }
        unfinished.ifPresent(progress -> byBatch.put(failed.id(), progress));
        return unfinished.isEmpty();
    }

    private Optional<Progress> unfinished(Look look, long known) {
        long[] loaded = {0};
        try {
            ledger.files(look.failed, file -> {
                if (loaded[0] >= known && !look.isLoaded(file)) {
                    throw new Missing(file);
                }
                loaded[0]++;
            });
            return Optional.empty();
        } catch (Missing e) {
            return Optional.of(new Progress(look.failed.attempt(), loaded[0], Optional.of(e.file)));
        } catch (UnloadableBatch e) {
            return Optional.of(new Progress(look.failed.attempt(), 0, Optional.empty()));
        }
    }

    /** Ends the reading of a batch's files. */
    private static final class Missing extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient FileEntry file;

        Missing(FileEntry file) {
            super("not loaded", null, false, false);
            this.file = file;
        }
    }

    /** One look at one batch: other batches are read once. */
    private final class Look {
        private final Batch failed;
        private final List<String> clusters;
        private final List<QuarantinedFile> leftOut;
        private final Map<String, Optional<Other>> others = new HashMap<>();

        Look(Batch failed) {
            this.failed = failed;
            clusters = failed.refusals();
            leftOut = ledger.quarantined(failed);
        }

        private record Other(Batch batch, QuarantineOfBatch leftOut) {}

        boolean isLoaded(FileEntry file) {
            List<KnownFile> versions = ledger.versions(file.feed(), file.url());
            return clusters.stream().allMatch(cluster -> isLoaded(file, versions, cluster));
        }

        private boolean isLoaded(FileEntry file, List<KnownFile> versions, String cluster) {
            KnownFile self = new KnownFile(file, failed.id(), Map.of());
            return versions.stream()
                            .filter(known -> KnownFile.BY_AGE.compare(known, self) >= 0)
                            .anyMatch(known -> isLoaded(known.batch(), known, cluster))
                    || leftOut.stream()
                            .filter(left ->
                                    left.file().equals(file) && left.cluster().equals(cluster))
                            .anyMatch(left -> left.isSuperseded() && isInstead(left.instead(), cluster));
        }

        private boolean isLoaded(String batch, KnownFile known, String cluster) {
            return known.isImported()
                    || other(batch)
                            .filter(of -> of.leftOut().isLoaded(of.batch(), known.file(), cluster))
                            .isPresent();
        }

        /** An older version's load may have read what the object held later. */
        private boolean isInstead(String batch, String cluster) {
            return other(batch)
                    .filter(of -> of.batch().outcomes().get(cluster) instanceof Outcome.Loaded)
                    .isPresent();
        }

        private Optional<Other> other(String id) {
            return id.equals(failed.id())
                    ? Optional.empty()
                    : others.computeIfAbsent(
                            id,
                            wanted -> ledger.find(wanted)
                                    .map(found -> new Other(found, new QuarantineOfBatch(ledger.quarantined(found)))));
        }
    }
}
