package dev.caravan.ledger;

import dev.caravan.base.Quantity;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchKey;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.Progress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Makes a batch whole from given files, instead of aggregating it from events. Fed by what writes files for a load of its own; the batch goes on as any other.
 *
 * <p>Sealing again is safe, also after a crash and by several instances at once: whoever seals the same files of the same run gets the same batch. Until all
 * files are in it, it is open and due never, so that nobody loads a part of them.
 */
public final class Sealing {
    /** Who loses a race against another instance finds what that one has done; this often without a file more only if the ledger isn't as it should be. */
    private static final int MOST_TRIES = 10;

    private static final Instant NEVER = Instant.parse("9999-12-31T23:59:59Z");

    private final Ledger ledger;
    private final Clock clock;

    public Sealing(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Seals a batch.
     *
     * @param key what its files have in common, as {@link Batch#key}
     * @param run tells batches of one key apart, as the shard that they are open in; without a {@code #}, and no instance's name
     * @param files at least one, in an order that is the same whenever they are sealed again
     * @param progress what its load notes in each cluster, if it is to note any
     * @return the batch, which whoever looks next takes up; it may have ended since
     * @throws Conflict if these files were in a batch that isn't there any more
     * @throws IllegalStateException if other files were sealed for this run, or these belong to another batch
     */
    public Batch seal(String key, String run, List<FileEntry> files, Optional<Progress> progress) throws Conflict {
        String name = BatchKey.name(key);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("run " + run + " of " + name + " has no file to seal a batch from");
        }
        long seen = 0;
        for (int i = 0; i < MOST_TRIES; i++) {
            Optional<Batch> open = ledger.open(name, key, run);
            if (open.isPresent() && open.get().files() > seen) {
                seen = open.get().files();
                i = 0;
            }
            Optional<Batch> sealed = open.isPresent() ? Optional.empty() : sealed(name, key, files);
            if (sealed.isPresent()) {
                return sealed.get();
            }
            try {
                Batch batch = fill(open.orElseGet(() -> fresh(key, run, progress)), files);
                ledger.handOver(batch.id());
                return batch;
            } catch (Conflict | KnownFiles e) {
                // Another instance was faster, or this one was and doesn't know: the ledger has what was done.
            }
        }
        throw new Conflict("can't seal the batch of run " + run + " of " + name + ": the ledger knows "
                + files.get(0).url() + ", or a file behind it, but has no batch of them. Was it deleted? Run it again");
    }

    private Batch fresh(String key, String run, Optional<Progress> progress) {
        Instant now = clock.instant();
        String name = BatchKey.name(key);
        Batch batch = Batch.fresh(BatchId.next(name, now), key, name, run, now, NEVER);
        return progress.map(batch::making).orElse(batch);
    }

    private Batch fill(Batch batch, List<FileEntry> files) throws Conflict, KnownFiles {
        if (batch.files() >= files.size()) {
            throw otherFiles(batch, files);
        }
        Batch grown = batch;
        while (files.size() - grown.files() > Ledger.FILES_PER_WRITE) {
            int from = (int) grown.files();
            grown = ledger.add(grown, files.subList(from, from + Ledger.FILES_PER_WRITE));
        }
        return ledger.lock(grown, files.subList((int) grown.files(), files.size()), "seal");
    }

    /** The batch of an earlier call; empty if there is none, or if its open batch was locked between two looks. */
    private Optional<Batch> sealed(String name, String key, List<FileEntry> files) {
        FileEntry first = files.get(0);
        Optional<Batch> holding = ledger.versions(name, first.url()).stream()
                .filter(known -> known.file().version().equals(first.version()))
                .findFirst()
                .flatMap(known -> ledger.find(known.batch()));
        if (holding.isEmpty()) {
            return holding;
        }
        Batch batch = holding.get();
        boolean open = batch.status() == BatchStatus.OPEN;
        if (!batch.key().equals(key) || (!open && batch.files() != files.size())) {
            throw otherFiles(batch, files);
        }
        return open ? Optional.empty() : holding;
    }

    private static IllegalStateException otherFiles(Batch batch, List<FileEntry> files) {
        return new IllegalStateException("can't seal " + Quantity.count(files.size(), "file") + ", the first "
                + files.get(0).url() + ": batch " + batch.id() + " of " + batch.key() + " has "
                + Quantity.count(batch.files(), "file"));
    }
}
