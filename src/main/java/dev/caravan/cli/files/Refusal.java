package dev.caravan.cli.files;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.ledger.Ledger.KnownFile;
import dev.caravan.load.manifest.QuarantineOfBatch;
import java.util.List;
import java.util.Optional;

/**
 * Where a quarantined file is missing.
 *
 * @param isOpen whether its batch is still being loaded: an instance that is thought dead may yet commit a manifest that names the file
 * @param missing the clusters that refused it and don't hold it
 * @param there the clusters that refused it at first, but hold it after all; there it must not be loaded again
 */
record Refusal(boolean isOpen, List<String> missing, List<String> there) {

    /** @param setAside the files that were quarantined from the batch that the file is in */
    static Refusal of(KnownFile known, Batch batch, List<QuarantinedFile> setAside) {
        List<QuarantinedFile> ofFile = setAside.stream()
                .filter(file -> file.file().equals(known.file()))
                .toList();
        List<QuarantinedFile> reallyMissing = new QuarantineOfBatch(ofFile).missingFrom(batch);
        List<String> missing = reallyMissing.stream()
                .map(QuarantinedFile::cluster)
                .filter(known.quarantined()::containsKey)
                .distinct()
                .sorted()
                .toList();
        List<String> there = known.quarantined().keySet().stream()
                .filter(cluster -> !missing.contains(cluster))
                .sorted()
                .toList();
        return new Refusal(batch.status() == BatchStatus.LOCKED, missing, there);
    }

    /** Whether a later version of the object is known in the same feed: COPY, which reads an object as it is now, would load that one again. */
    static boolean isOverwritten(KnownFile known, List<KnownFile> ofObject) {
        return ofObject.stream()
                .filter(other -> other.file().feed().equals(known.file().feed()))
                .anyMatch(other -> KnownFile.BY_AGE.compare(other, known) > 0);
    }

    /** Empty if it is in none of the clusters that refused it. */
    Optional<String> thereAfterAll() {
        return there.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        " is in " + clusters(there)
                                + " after all, by a load that had begun before the file was refused: it is not loaded there again");
    }

    /** {@code cluster a}, or {@code clusters a, b}. */
    static String clusters(List<String> names) {
        return (names.size() == 1 ? "cluster " : "clusters ") + String.join(", ", names);
    }
}
