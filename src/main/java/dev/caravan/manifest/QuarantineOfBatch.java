package dev.caravan.manifest;

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
import java.util.Set;

/** Which files of one batch were set aside for which cluster, and so left out of its manifests. */
public final class QuarantineOfBatch {
    private static final int BAD_ROWS_TOLD = 10;

    private final List<QuarantinedFile> files;
    private final Map<String, Set<FileEntry>> byCluster = new HashMap<>();

    public QuarantineOfBatch(List<QuarantinedFile> files) {
        this.files = files;
        files.forEach(file ->
                byCluster.computeIfAbsent(file.cluster(), c -> new HashSet<>()).add(file.file()));
    }

    /** The files that a cluster has refused. */
    public Set<FileEntry> of(String cluster) {
        return byCluster.getOrDefault(cluster, Set.of());
    }

    /** The first of the clusters and those that lack the same files: one manifest serves them all. */
    public List<String> alike(List<String> clusters) {
        Set<FileEntry> first = of(clusters.get(0));
        return clusters.stream().filter(cluster -> of(cluster).equals(first)).toList();
    }

    /**
     * The files that are not in their cluster. A file is, though it was set aside, if the cluster's ledger table says that it loaded the manifest
     * of an attempt that still named the file: an instance that was thought dead had the last word.
     */
    public List<QuarantinedFile> missingFrom(Batch batch) {
        return files.stream()
                .filter(file -> !(batch.outcomes().get(file.cluster()) instanceof Outcome.Loaded loaded
                        && ManifestKey.attempt(loaded.manifest()) <= file.attempt()))
                .toList();
    }

    /** The outcome of a batch all of whose files were refused. */
    public Outcome.Failed nothingLeft(String cluster, Instant now) {
        List<BadRow> causes = files.stream()
                .filter(file -> file.cluster().equals(cluster))
                .map(QuarantinedFile::cause)
                .toList();
        return new Outcome.Failed(
                cluster,
                now,
                "none of the batch's files could be loaded: all " + of(cluster).size() + " are quarantined, the first: "
                        + causes.get(0) + ". Correct them, then reload each with: caravan reload <its URL>",
                "",
                causes.subList(0, Math.min(causes.size(), BAD_ROWS_TOLD)));
    }
}
