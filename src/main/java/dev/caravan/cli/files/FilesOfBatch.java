package dev.caravan.cli.files;

import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.batch.UnloadableBatch;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.Ledger;
import dev.caravan.load.manifest.QuarantineOfBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The files of batches, each with its state. */
final class FilesOfBatch {
    private final Ledger ledger;
    private final Predicate<FileEntry> wanted;
    private final Optional<FileState> state;

    /** @param state only files in this state */
    FilesOfBatch(Ledger ledger, Predicate<FileEntry> wanted, Optional<FileState> state) {
        this.ledger = ledger;
        this.wanted = wanted;
        this.state = state;
    }

    /** The last files of a batch that are wanted, the last one first; a file that has since entered another batch is that one's. */
    List<FileSummary> newest(BatchRecord record, int limit) {
        FileState ofBatch = FileState.of(record, false, false);
        if (state.filter(only -> only != ofBatch && only != FileState.QUARANTINED && only != FileState.SUPERSEDED)
                        .isPresent()
                || (state.equals(Optional.of(FileState.SUPERSEDED))
                        && ofBatch != FileState.SUPERSEDED
                        && record.batch().superseded() == 0)
                || (state.equals(Optional.of(FileState.QUARANTINED))
                        && record.batch().quarantined() == 0)) {
            return List.of();
        }
        Batch batch = record.batch();
        List<QuarantinedFile> setAside = ledger.quarantined(batch);
        Set<FileEntry> missing = new HashSet<>();
        new QuarantineOfBatch(setAside).missingFrom(batch).forEach(file -> missing.add(file.file()));
        Set<FileEntry> superseded = new HashSet<>();
        new QuarantineOfBatch(setAside).supersededIn(batch).forEach(file -> superseded.add(file.file()));
        Set<FileEntry> elsewhere = setAside.stream()
                .map(QuarantinedFile::file)
                .filter(wanted)
                .filter(file -> isElsewhere(file, batch))
                .collect(Collectors.toSet());
        Deque<FileSummary> last = new ArrayDeque<>();
        each(batch, file -> {
            FileState ofFile = FileState.of(record, missing.contains(file), superseded.contains(file));
            if (wanted.test(file)
                    && !elsewhere.contains(file)
                    && state.map(only -> only == ofFile).orElse(true)) {
                last.addFirst(FileSummary.of(file, ofFile, batch.id()));
                if (last.size() > limit) {
                    last.removeLast();
                }
            }
        });
        return List.copyOf(last);
    }

    /** Entries that have expired, or come while they are read, are no reason to list nothing: describe batch tells of damage. */
    private void each(Batch batch, Consumer<FileEntry> consumer) {
        try {
            ledger.files(batch, consumer);
        } catch (UnloadableBatch incomplete) {
            // What there is has been consumed.
        }
    }

    private boolean isElsewhere(FileEntry file, Batch batch) {
        return ledger.known(file.url()).stream()
                .anyMatch(known -> known.file().equals(file) && !known.batch().equals(batch.id()));
    }
}
