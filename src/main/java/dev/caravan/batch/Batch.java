package dev.caravan.batch;

import dev.caravan.outcome.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Files of one feed that are loaded together. A value: only the ledger changes what it stands for.
 *
 * @param id the feed's name, a hyphen, and a time-ordered part without hyphens
 * @param key what its files have in common: the feed's name and, if that is not the feed's only one, the table
 * @param feed the feed's name
 * @param shard which of its key's open batches it is while it is open: {@link #SHARED}, or the instance that has it for itself
 * @param status where it stands
 * @param stage the step that it has reached once locked
 * @param files how many files are in it
 * @param bytes their size
 * @param entries how many entries items hold them
 * @param first when its first file was added
 * @param due when it is locked at the latest
 * @param locked since when it is locked: the last time that it was, was reprocessed, or its feed's pause ended; empty while open
 * @param attempt how many times it was taken up for loading, be it to try whether a cluster is back; 0 while open
 * @param pauses how many pauses it was given in a row, each longer than the one before
 * @param manifest the manifest's URL once it is locked; empty before
 * @param reason why the last attempt ended without an outcome; empty if it did not
 * @param outcomes by cluster
 * @param quarantined how many of its files were set aside, counted once for each cluster that refused one
 * @param only the clusters that it is for; empty for all of its feed's
 * @param deaths at which stages how many instances have died with it, one after the other
 * @param superseded how many of its files are left out because another batch loads their objects' content, counted once for each cluster
 * @param progress what a cluster notes with its rows; empty for batches of events
 */
public record Batch(
        String id,
        String key,
        String feed,
        String shard,
        BatchStatus status,
        Stage stage,
        long files,
        long bytes,
        long entries,
        Instant first,
        Instant due,
        Optional<Instant> locked,
        int attempt,
        int pauses,
        String manifest,
        String reason,
        Map<String, Outcome> outcomes,
        int quarantined,
        List<String> only,
        Map<Stage, Integer> deaths,
        int superseded,
        Optional<Progress> progress) {

    /** So many instances that died with a batch at the same stage were not killed by chance. */
    public static final int MOST_DEATHS = 3;

    /** The shard of the open batch that all instances share. */
    public static final String SHARED = "0";

    /** A batch that has no file yet and isn't in the ledger. */
    public static Batch fresh(String id, String key, String feed, String shard, Instant first, Instant due) {
        return new Batch(
                id,
                key,
                feed,
                shard,
                BatchStatus.OPEN,
                Stage.MANIFEST,
                0,
                0,
                0,
                first,
                due,
                Optional.empty(),
                0,
                0,
                "",
                "",
                Map.of(),
                0,
                List.of(),
                Map.of(),
                0,
                Optional.empty());
    }

    /** This batch, whose load notes progress. */
    public Batch making(Progress noted) {
        return new Batch(
                id,
                key,
                feed,
                shard,
                status,
                stage,
                files,
                bytes,
                entries,
                first,
                due,
                locked,
                attempt,
                pauses,
                manifest,
                reason,
                outcomes,
                quarantined,
                only,
                deaths,
                superseded,
                Optional.of(noted));
    }

    /** The stage before the last at which whoever loads it dies, so that nobody should go there again. */
    public Optional<Stage> deadly() {
        return Stream.of(Stage.MANIFEST, Stage.COPY)
                .filter(at -> deaths.getOrDefault(at, 0) >= MOST_DEATHS)
                .findFirst();
    }

    /** Whether the ledger doesn't know this batch yet, because it has no file. */
    public boolean isFresh() {
        return entries == 0;
    }

    /** This batch with more files, which one more entries item holds. */
    public Batch with(List<FileEntry> more) {
        long size = more.stream().mapToLong(FileEntry::size).sum();
        return changed(shard, status, files + more.size(), bytes + size, entries + 1, locked, attempt, only);
    }

    /** This batch as it is when others have changed how much is in it. */
    public Batch holding(long allFiles, long allBytes) {
        return changed(shard, status, allFiles, allBytes, entries, locked, attempt, only);
    }

    /** This batch, locked for its first attempt. */
    public Batch lockedAt(Instant now) {
        return changed(SHARED, BatchStatus.LOCKED, files, bytes, entries, Optional.of(now), 1, only);
    }

    /** This batch, locked for some clusters only, and waiting for its first attempt. */
    public Batch waitingFor(List<String> clusters, Instant now) {
        return changed(SHARED, BatchStatus.LOCKED, files, bytes, entries, Optional.of(now), 0, clusters);
    }

    /** This batch as it will have ended, now that all its outcomes are known. */
    public Batch ended() {
        BatchStatus end = isLoaded() ? BatchStatus.COMPLETE : BatchStatus.ERROR;
        return changed(shard, end, files, bytes, entries, locked, attempt, only);
    }

    /** The clusters, out of its feed's, for which this batch is and in which nothing has become of it yet. */
    public List<String> pending(List<String> feedClusters) {
        return feedClusters.stream()
                .filter(cluster -> only.isEmpty() || only.contains(cluster))
                .filter(cluster -> !outcomes.containsKey(cluster))
                .toList();
    }

    /** Whether every cluster that has an outcome holds the files, and at least one does. */
    public boolean isLoaded() {
        return !outcomes.isEmpty() && outcomes.values().stream().allMatch(Outcome.Loaded.class::isInstance);
    }

    /** Whether it failed, and other batches have loaded all of its files since: it is complete, and has clusters that refused it. */
    public boolean isMadeGood() {
        return status == BatchStatus.COMPLETE && outcomes.values().stream().anyMatch(Outcome.Failed.class::isInstance);
    }

    /** Why each cluster that refused it did, {@code east: …; west: …}; empty if none did. */
    public String failures() {
        return outcomes.values().stream()
                .flatMap(outcome -> outcome instanceof Outcome.Failed failed
                        ? Stream.of(failed.cluster() + ": " + failed.reason())
                        : Stream.<String>empty())
                .sorted()
                .collect(Collectors.joining("; "));
    }

    /** The clusters that refused it. */
    public List<String> refusals() {
        return outcomes.values().stream()
                .filter(Outcome.Failed.class::isInstance)
                .map(Outcome::cluster)
                .sorted()
                .toList();
    }

    /** Whether a cluster has left out rows of its files, or doesn't say whether it has. */
    public boolean skipsRows() {
        return outcomes.values().stream()
                .anyMatch(outcome -> outcome instanceof Outcome.Loaded loaded
                        && !loaded.skipped().isNone());
    }

    private Batch changed(
            String newShard,
            BatchStatus newStatus,
            long newFiles,
            long newBytes,
            long newEntries,
            Optional<Instant> newLocked,
            int newAttempt,
            List<String> newOnly) {
        return new Batch(
                id,
                key,
                feed,
                newShard,
                newStatus,
                stage,
                newFiles,
                newBytes,
                newEntries,
                first,
                due,
                newLocked,
                newAttempt,
                pauses,
                manifest,
                reason,
                outcomes,
                quarantined,
                newOnly,
                deaths,
                superseded,
                progress);
    }
}
