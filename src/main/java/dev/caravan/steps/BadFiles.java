package dev.caravan.steps;

import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.feed.Feed;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.Ledger;
import dev.caravan.manifest.QuarantineOfBatch;
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
        Feed feed = LoadSteps.feed(exchange);
        Map<String, BadRow> causes = new LinkedHashMap<>();
        badRows.forEach(row -> causes.putIfAbsent(row.file(), row));
        List<FileEntry> bad = LoadSteps.files(ledger, exchange).stream()
                .filter(file -> causes.containsKey(file.url()))
                .limit(Ledger.FILES_PER_WRITE)
                .toList();
        if (bad.isEmpty()) {
            return " The refused rows are of no file of the batch.";
        }
        Batch batch = LoadSteps.batchOf(exchange);
        for (int race = 0; ; race++) {
            Set<FileEntry> aside = new QuarantineOfBatch(ledger.quarantined(batch)).refusedBy(cluster);
            List<FileEntry> more =
                    bad.stream().filter(file -> !aside.contains(file)).toList();
            if (aside.size() + more.size() > feed.maxBadFiles()) {
                return " With these, more than " + feed.maxBadFiles()
                        + " of its files can't be read (maxBadFiles), so the batch fails as a whole.";
            }
            if (more.isEmpty()) {
                break; // by a write whose answer was lost
            }
            try {
                List<QuarantinedFile> files = of(more, cluster, batch, causes);
                outcomes.quarantined(ledger.quarantine(batch, files), files);
                break;
            } catch (Conflict e) {
                if (race == RACES) {
                    throw e;
                }
                batch = ledger.find(batch.id()).orElseThrow();
            }
        }
        bad.forEach(file -> LOG.warn(
                "Quarantined, so that the rest of batch {} loads into cluster {}: {}",
                LoadSteps.batchOf(exchange).id(),
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
