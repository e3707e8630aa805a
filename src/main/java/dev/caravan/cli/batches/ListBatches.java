package dev.caravan.cli.batches;

import dev.caravan.batch.BatchStatus;
import dev.caravan.cli.queue.Redrive;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.FeedName;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.cli.shell.Output;
import dev.caravan.cli.shell.Period;
import dev.caravan.cli.shell.StatusName;
import dev.caravan.ledger.BatchFilter;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.read.Waits;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.time.Clock;
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
public final class ListBatches extends LedgerCommand {
    @Option(
            names = "--status",
            split = ",",
            paramLabel = "STATUS",
            converter = StatusName.class,
            completionCandidates = StatusName.class,
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

    public ListBatches(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        Clock clock = Clock.systemUTC();
        BatchFilter filter = period.of(BatchFilter.all(), clock.instant()).with(statuses);
        if (feed.isPresent()) {
            filter = filter.of(FeedName.known(installation, feed.get()));
        }
        Instant now = clock.instant();
        List<BatchRecord> batches = installation.reader().list(filter, limit);
        Waits waits = installation.waits(batches);
        output.list(
                out,
                batches.stream().map(batch -> BatchSummary.of(batch, waits)).toList(),
                BatchSummary.COLUMNS,
                batch -> batch.row(now),
                "No batch fits");
    }
}
