package dev.caravan.cli.batches;

import dev.caravan.base.Quantity;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.FeedName;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.cli.shell.Period;
import dev.caravan.cli.shell.StatusName;
import dev.caravan.ledger.BatchFilter;
import dev.caravan.ledger.BatchSteering;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.read.BatchNote;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code caravan delete batches}. */
@Command(
        name = "batches",
        description = {
            "Deletes batches that have ended from the ledger. Without --yes it only shows them.",
            "",
            "That their files were taken is not forgotten: they are not loaded again. Files that are not loaded by then, of a batch"
                    + " that failed or quarantined, can no longer be reprocessed or reloaded. Stopped halfway, the same command goes on."
        })
public final class DeleteBatches extends LedgerCommand {
    @Option(
            names = "--status",
            required = true,
            paramLabel = "STATUS",
            converter = StatusName.class,
            description = "complete or error.")
    private BatchStatus status = BatchStatus.COMPLETE;

    @Option(
            names = "--until",
            required = true,
            paramLabel = "TIME",
            converter = Period.Time.class,
            description = "Only those whose first file came before then: " + Period.FORMS + ".")
    private UnaryOperator<Instant> until = UnaryOperator.identity();

    @Option(names = "--feed", paramLabel = "NAME", description = "Only this feed's.")
    private Optional<String> feed = Optional.empty();

    @Option(names = "--yes", description = "Delete them.")
    private boolean yes;

    public DeleteBatches(PrintWriter out) {
        super(out);
    }

    @Override
    public String again() {
        return "give the command again: it goes on where it stopped";
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        Ended.mustBe(status, "delete");
        BatchFilter filter = BatchFilter.all().with(Set.of(status)).between(Instant.EPOCH, until.apply(Instant.now()));
        if (feed.isPresent()) {
            filter = filter.of(FeedName.known(installation, feed.get()));
        }
        List<Batch> batches = Ended.oldestFirst(installation, filter);
        if (batches.isEmpty()) {
            out.println("No batch fits");
            return;
        }
        Ended.show(
                out,
                batches.stream().map(DeleteBatches::row).toList(),
                List.of("BATCH", "FIRST FILE", "FILES", "SIZE", "NOT LOADED"));
        if (yes) {
            delete(installation.steering(), batches);
        } else {
            out.println(Quantity.count(batches.size(), "batch") + " would be deleted; --yes deletes them");
        }
    }

    private static List<String> row(Batch batch) {
        return List.of(
                batch.id(),
                batch.first().truncatedTo(ChronoUnit.SECONDS).toString(),
                Long.toString(batch.files()),
                Quantity.inBytes(batch.bytes()),
                batch.status() == BatchStatus.ERROR
                        ? BatchNote.failures(batch)
                        : batch.quarantined() == 0 ? "" : batch.quarantined() + " quarantined");
    }

    private void delete(BatchSteering steering, List<Batch> batches) throws CommandFailed {
        List<String> left = new ArrayList<>();
        for (Batch batch : batches) {
            try {
                steering.delete(batch);
            } catch (Conflict e) {
                left.add("batch " + batch.id() + " has changed since it was read: it is not deleted");
            }
        }
        out.println(Quantity.count(batches.size() - left.size(), "batch is", "batches are") + " deleted");
        if (!left.isEmpty()) {
            throw CommandFailed.of(left);
        }
    }
}
