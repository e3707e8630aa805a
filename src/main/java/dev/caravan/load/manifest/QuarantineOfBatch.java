package dev.caravan.load.manifest;

import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.outcome.BadRow;
import dev.caravan.outcome.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which files of one batch are left out of its manifests for which cluster: refused ones, and ones whose objects another batch loads. */
public final class QuarantineOfBatch {
    private static final int BAD_ROWS_TOLD = 10;

    private final List<QuarantinedFile> files;
    private final Map<String, Set<FileEntry>> byCluster = new HashMap<>();

    public QuarantineOfBatch(List<QuarantinedFile> files) {
        this.files = files;
        files.forEach(file ->
                byCluster.computeIfAbsent(file.cluster(), c -> new HashSet<>()).add(file.file()));
    }

    /** The files that are left out for a cluster, whyever. */
    public Set<FileEntry> of(String cluster) {
        return byCluster.getOrDefault(cluster, Set.of());
    }

    /** The files that a cluster has refused. */
    public Set<FileEntry> refusedBy(String cluster) {
        return files.stream()
                .filter(file -> file.cluster().equals(cluster) && !file.isSuperseded())
                .map(QuarantinedFile::file)
                .collect(Collectors.toSet());
    }

    /** How a version is left out for a cluster. */
    Optional<QuarantinedFile> leftOut(FileEntry version, String cluster) {
        return files.stream()
                .filter(left -> left.cluster().equals(cluster)
                        && left.file().url().equals(version.url())
                        && left.file().version().equals(version.version()))
                .findFirst();
    }

    /** Whether a cluster has loaded a version with this batch. */
    boolean isLoaded(Batch batch, FileEntry version, String cluster) {
        return batch.outcomes().get(cluster) instanceof Outcome.Loaded loaded
                && leftOut(version, cluster)
                        .map(left -> ManifestKey.attempt(loaded.manifest()) <= left.attempt())
                        .orElse(true);
    }

    /** Whether a version is left out for a cluster because that batch has the object's content. */
    boolean isInstead(FileEntry version, String batch, String cluster) {
        return files.stream()
                .anyMatch(left -> left.cluster().equals(cluster)
                        && left.instead().equals(batch)
                        && left.file().url().equals(version.url())
                        && left.file().version().equals(version.version()));
    }

    /** Whether nothing is left for a cluster, and it is missing something: else all of it is in other batches. */
    public boolean isRefusedAsAWhole(String cluster, long files) {
        return of(cluster).size() >= files && !refusedBy(cluster).isEmpty();
    }

    /** The first of the clusters and those that lack the same files: one manifest serves them all. */
    public List<String> alike(List<String> clusters) {
        Set<FileEntry> first = of(clusters.get(0));
        return clusters.stream().filter(cluster -> of(cluster).equals(first)).toList();
    }

    /**
     * The files that were refused and are not in their cluster. A file is, though it was set aside, if the cluster's ledger table says that it loaded the
     * manifest of an attempt that still named the file: an instance that was thought dead had the last word.
     */
    public List<QuarantinedFile> missingFrom(Batch batch) {
        return leftOut(batch).filter(file -> !file.isSuperseded()).toList();
    }

    /** The files that this batch didn't load because another batch has what their objects hold now. */
    public List<QuarantinedFile> supersededIn(Batch batch) {
        return leftOut(batch).filter(QuarantinedFile::isSuperseded).toList();
    }

    private Stream<QuarantinedFile> leftOut(Batch batch) {
        return files.stream()
                .filter(file -> !(batch.outcomes().get(file.cluster()) instanceof Outcome.Loaded loaded
                        && ManifestKey.attempt(loaded.manifest()) <= file.attempt()));
    }

    /** The outcome of a batch all of whose files were refused. */
    public Outcome.Failed nothingLeft(String cluster, Instant now) {
        List<BadRow> causes = files.stream()
                .filter(file -> file.cluster().equals(cluster) && !file.isSuperseded())
                .map(QuarantinedFile::cause)
                .toList();
        return new Outcome.Failed(
                cluster,
                now,
                "none of the batch's files could be loaded: all " + causes.size() + " are quarantined, the first: "
                        + causes.get(0) + ". Correct them, then reload each with: caravan reload <its URL>",
                "",
                causes.subList(0, Math.min(causes.size(), BAD_ROWS_TOLD)));
    }
}
