package dev.caravan.cli.files;

import dev.caravan.batch.Batch;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.feed.Feed;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.Ledger.KnownFile;
import dev.caravan.ledger.read.BatchNote;
import dev.caravan.ledger.read.Waits;
import dev.caravan.load.manifest.QuarantineOfBatch;
import dev.caravan.outcome.BadRow;
import dev.caravan.outcome.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A version of an object in a feed, put together from what the ledger says of file and batch. */
public final class FileVersion {
    private final KnownFile known;
    private final Optional<BatchRecord> record;
    private final Optional<Feed> feed;
    private final Waits waits;
    private final Map<String, BadRow> missing = new TreeMap<>();
    private final Map<String, BadRow> superseded = new TreeMap<>();

    /**
     * @param record its batch, if the ledger still has it
     * @param setAside the files that were quarantined from that batch
     * @param feed its feed, if that is still configured
     * @param waits what its batch may wait for
     */
    public FileVersion(
            KnownFile known,
            Optional<BatchRecord> record,
            List<QuarantinedFile> setAside,
            Optional<Feed> feed,
            Waits waits) {
        this.known = known;
        this.record = record;
        this.feed = feed;
        this.waits = waits;
        record.ifPresent(of -> new QuarantineOfBatch(setAside)
                .missingFrom(of.batch()).stream()
                        .filter(file -> file.file().equals(known.file()))
                        .filter(file -> known.quarantined().containsKey(file.cluster()))
                        .forEach(file -> missing.put(file.cluster(), file.cause())));
        record.ifPresent(of -> new QuarantineOfBatch(setAside)
                .supersededIn(of.batch()).stream()
                        .filter(file ->
                                file.file().version().equals(known.file().version())
                                        && file.file().url().equals(known.file().url()))
                        .forEach(file -> superseded.put(file.cluster(), file.cause())));
    }

    /**
     * All of it.
     *
     * @param overwritten whether the feed knows a newer version of the object
     * @param paused whether the feed is paused
     */
    public FileDescription.Version described(boolean overwritten, boolean paused) {
        String state = record.map(of -> FileState.of(of, !missing.isEmpty(), !superseded.isEmpty())
                        .word())
                .orElse(known.isImported() ? "imported" : "unknown");
        return new FileDescription.Version(
                known.file().feed(),
                known.file().version(),
                known.file().created(),
                known.file().size(),
                state,
                known.batch(),
                record.map(this::clusters).orElse(List.of()),
                new NextStep(known, feed, paused)
                        .after(
                                record,
                                !missing.isEmpty(),
                                !superseded.isEmpty()
                                        || record.map(BatchRecord::batch)
                                                .filter(Batch::isMadeGood)
                                                .isPresent(),
                                overwritten));
    }

    private List<FileDescription.InCluster> clusters(BatchRecord of) {
        TreeSet<String> names = new TreeSet<>(of.batch().outcomes().keySet());
        names.addAll(missing.keySet());
        names.addAll(superseded.keySet());
        if (of.ended().isEmpty()) {
            names.addAll(of.batch().pending(feed.map(Feed::clusters).orElse(List.of())));
        }
        return names.stream().map(name -> inCluster(name, of)).toList();
    }

    private FileDescription.InCluster inCluster(String name, BatchRecord of) {
        BadRow bad = missing.get(name);
        Outcome outcome = of.batch().outcomes().get(name);
        var at = outcome == null ? null : outcome.at();
        if (bad != null) {
            return new FileDescription.InCluster(
                    name,
                    "quarantined",
                    at,
                    null,
                    bad.reason(),
                    bad.line() == 0 ? null : bad.line(),
                    bad.column().isEmpty() ? null : bad.column(),
                    bad.value().isEmpty() ? null : bad.value());
        }
        BadRow instead = superseded.get(name);
        if (instead != null) {
            return new FileDescription.InCluster(name, "superseded", at, null, instead.reason(), null, null, null);
        }
        if (outcome instanceof Outcome.Loaded loaded) {
            return new FileDescription.InCluster(name, "loaded", at, loaded.rows(), null, null, null, null);
        }
        String reason = outcome instanceof Outcome.Failed failed ? failed.reason() : BatchNote.of(of, waits);
        return new FileDescription.InCluster(
                name, outcome == null ? "waiting" : "failed", at, null, reason, null, null, null);
    }
}
