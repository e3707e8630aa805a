package dev.caravan.cli.files;

import dev.caravan.base.Nearest;
import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.BatchRecord;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where a file stands: what its batch's status means for it. The name in lower case is what people see. */
enum FileState {
    /** In an open batch, or in one that waits for a cluster, for the end of a pause, or to be tried again. */
    WAITING,
    /** An instance loads its batch. */
    LOADING,
    /** In every cluster. */
    LOADED,
    /** Its batch failed. */
    FAILED,
    /** A cluster refused it. */
    QUARANTINED,
    /** Another batch has what its object holds now. */
    SUPERSEDED;

    /**
     * @param quarantined whether a cluster refused it that doesn't hold it
     * @param superseded whether its batch leaves it out for another
     */
    static FileState of(BatchRecord record, boolean quarantined, boolean superseded) {
        if (quarantined) {
            return QUARANTINED;
        }
        if (superseded || record.batch().isMadeGood()) {
            return SUPERSEDED;
        }
        BatchStatus status = record.batch().status();
        if (status == BatchStatus.COMPLETE) {
            return LOADED;
        }
        if (status == BatchStatus.OPEN) {
            return WAITING;
        }
        if (status == BatchStatus.LOCKED) {
            return record.owner().isPresent() ? LOADING : WAITING;
        }
        return FAILED;
    }

    /** For example {@code waiting}. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A state by its word. */
    static final class Name implements ITypeConverter<FileState>, Iterable<String> {
        private static final List<String> WORDS =
                Stream.of(values()).map(FileState::word).toList();

        @Override
        public FileState convert(String value) {
            if (!WORDS.contains(value)) {
                throw new TypeConversionException("'" + value + "' is no state: "
                        + Nearest.hint(value, WORDS).orElse("write one of " + String.join(", ", WORDS)));
            }
            return valueOf(value.toUpperCase(Locale.ROOT));
        }

        @Override
        public Iterator<String> iterator() {
            return WORDS.iterator();
        }
    }
}
