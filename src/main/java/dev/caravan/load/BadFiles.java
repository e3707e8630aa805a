package dev.caravan.load;

import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.LoadSettings;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.Ledger;
import dev.caravan.load.manifest.QuarantineOfBatch;
import dev.caravan.outcome.BadRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets aside the files that a cluster has refused, as many as their feed allows. */
final class BadFiles {
    private static final Logger LOG = LoggerFactory.getLogger(BadFiles.class);
    private static final int RACES = 5;

    private final Ledger ledger;
    private final Outcomes outcomes;

    BadFiles(Ledger ledger, Outcomes outcomes) {
        this.ledger = ledger;
        this.outcomes = outcomes;
    }

    /**
     * Quarantines the files that the rows name.
     *
     * @param badRows at least one
     * @return empty; or, if a batch may not lose these files, why not in words, and nothing is quarantined
     * @throws Conflict if others go on changing the batch: the next attempt finds the same rows
     */
    String quarantine(Exchange exchange, String cluster, List<BadRow> badRows) throws Conflict {
        LoadSettings settings = Attempt.settings(exchange);
        Map<String, BadRow> causes = new LinkedHashMap<>();
        badRows.forEach(row -> causes.putIfAbsent(row.file(), row));
        List<FileEntry> files = Attempt.files(ledger, exchange);
        List<FileEntry> bad = files.stream()
                .filter(file -> causes.containsKey(file.url()))
                .limit(Ledger.FILES_PER_WRITE)
                .toList();
        if (bad.isEmpty()) {
            return " The refused rows are of no file of the batch.";
        }
        Batch batch = Attempt.batchOf(exchange);
        for (int race = 0; ; race++) {
            Set<FileEntry> aside = new QuarantineOfBatch(ledger.quarantined(batch)).refusedBy(cluster);
            List<FileEntry> more =
                    bad.stream().filter(file -> !aside.contains(file)).toList();
            if (aside.size() + more.size() > settings.maxBadFiles()) {
                return " With these, more than " + settings.maxBadFiles()
                        + " of its files can't be read (maxBadFiles), so the batch fails as a whole.";
            }
            if (more.isEmpty()) {
                break; // by a write whose answer was lost
            }
            try {
                List<QuarantinedFile> quarantined = of(more, cluster, batch, causes);
                outcomes.quarantined(ledger.quarantine(batch, quarantined), quarantined);
                break;
            } catch (Conflict e) {
                if (race == RACES) {
                    throw e;
                }
                batch = ledger.find(batch.id()).orElseThrow();
            }
        }
        bad.forEach(file -> LOG.warn(
                bad.size() < files.size()
                        ? "Quarantined, so that the rest of batch {} loads into cluster {}: {}"
                        : "Quarantined; nothing else of batch {} is to be loaded into cluster {}: {}",
                Attempt.batchOf(exchange).id(),
                cluster,
                cause(file, causes)));
        return "";
    }

    private static List<QuarantinedFile> of(
            List<FileEntry> files, String cluster, Batch batch, Map<String, BadRow> causes) {
        return files.stream()
                .map(file -> new QuarantinedFile(file, cluster, batch.attempt(), cause(file, causes)))
                .toList();
    }

    private static BadRow cause(FileEntry file, Map<String, BadRow> causes) {
        return Objects.requireNonNull(causes.get(file.url()));
    }
}
