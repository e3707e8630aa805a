package dev.caravan.cli;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.feed.Quantity;
import dev.caravan.ledger.BatchFilter;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan list batches}. */
@Command(
        name = "batches",
        description = {
            "Lists batches, newest first.",
            "",
            "A batch's age is the time since its first file came. What it waits for, or why it failed, is in the last column."
        })
final class ListBatches extends LedgerCommand {
    @Option(
            names = "--status",
            split = ",",
            paramLabel = "STATUS",
            converter = StatusName.class,
            description = "Only with this status: open, locked, complete, error (default: all).")
    private Set<BatchStatus> statuses = EnumSet.allOf(BatchStatus.class);

    @Option(names = "--feed", paramLabel = "NAME", description = "Only this feed's.")
    private Optional<String> feed = Optional.empty();

    @Mixin
    private Period period = new Period();

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = Redrive.Count.class,
            description = "At most so many (default: 50).")
    private int limit = 50;

    @Mixin
    private Output output = new Output();

    ListBatches(PrintWriter out) {
        super(out);
    }

    @Override
    void ask(Installation installation) throws CommandFailed {
        Clock clock = Clock.systemUTC();
        BatchFilter filter = period.of(BatchFilter.all(), clock.instant()).with(statuses);
        if (feed.isPresent()) {
            filter = filter.of(FeedName.known(installation, feed.get()));
        }
        Instant now = clock.instant();
        output.list(
                out,
                installation.reader().list(filter, limit).stream()
                        .map(BatchSummary::of)
                        .toList(),
                List.of("BATCH", "FEED", "STATUS", "FILES", "SIZE", "AGE", "NOTE"),
                batch -> List.of(
                        batch.id(),
                        batch.feed(),
                        batch.status(),
                        Long.toString(batch.files()),
                        Quantity.inBytes(batch.bytes()),
                        Quantity.inWords(Duration.between(batch.first(), now)),
                        batch.note()),
                "No batch fits");
    }

    /**
     * What a list says of a batch.
     *
     * @param quarantined files that were set aside, counted once for each cluster that refused one
     * @param note what it waits for, or why it failed; empty if there is nothing to say
     */
    record BatchSummary(
            String id,
            String feed,
            String status,
            String stage,
            long files,
            long bytes,
            int quarantined,
            int attempt,
            Instant first,
            Instant due,
            String note) {

        static BatchSummary of(BatchRecord record) {
            Batch batch = record.batch();
            return new BatchSummary(
                    batch.id(),
                    batch.feed(),
                    batch.status().word(),
                    batch.stage().word(),
                    batch.files(),
                    batch.bytes(),
                    batch.quarantined(),
                    batch.attempt(),
                    batch.first(),
                    batch.due(),
                    BatchNote.of(record));
        }
    }
}
