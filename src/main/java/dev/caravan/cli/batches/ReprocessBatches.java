package dev.caravan.cli.batches;

import dev.caravan.base.Quantity;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.Confirmation;
import dev.caravan.cli.shell.FeedName;
import dev.caravan.cli.shell.LedgerCommand;
import dev.caravan.cli.shell.Period;
import dev.caravan.cli.shell.StatusName;
import dev.caravan.cli.shell.WaitNotes;
import dev.caravan.ledger.BatchFilter;
import dev.caravan.ledger.read.BatchNote;
import dev.caravan.operate.steer.Refused;
import dev.caravan.operate.steer.Reprocessor;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caravan reprocess batches}. */
@Command(
        name = "batches",
        description = {
            "Loads all failed batches again, oldest first.",
            "",
            "Lists them and asks before it begins. Each is done as by caravan reprocess batch; stopped halfway, the same command"
                    + " goes on with the others."
        })
public final class ReprocessBatches extends LedgerCommand {
    private static final int LONGEST_NOTE = 80;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            converter = StatusName.class,
            description =
                    "error; or complete, for batches that a cluster lacks which their feed has named since (default: error).")
    private BatchStatus status = BatchStatus.ERROR;

    @Option(names = "--feed", paramLabel = "NAME", description = "Only this feed's.")
    private Optional<String> feed = Optional.empty();

    @Mixin
    private Period period = new Period();

    @Option(names = "--dry-run", description = "Only show what would be done.")
    private boolean dryRun;

    @Mixin
    private Confirmation confirmation = new Confirmation();

    public ReprocessBatches(PrintWriter out) {
        super(out);
    }

    @Override
    public void ask(Installation installation) throws CommandFailed {
        Ended.mustBe(status, "reprocess");
        BatchFilter filter = period.of(BatchFilter.all(), Instant.now()).with(Set.of(status));
        if (feed.isPresent()) {
            filter = filter.of(FeedName.known(installation, feed.get()));
        }
        Reprocessor reprocessor = installation.reprocessor();
        List<Reprocessor.Plan> plans = new ArrayList<>();
        List<String> hindered = new ArrayList<>();
        for (Batch batch : Ended.oldestFirst(installation, filter)) {
            try {
                plans.add(reprocessor.plan(batch, Optional.empty(), Set.of()));
            } catch (Refused e) {
                hindered.add(e.inWords());
            }
        }
        if (status == BatchStatus.ERROR) {
            hindered.forEach(out::println);
        }
        if (plans.isEmpty()) {
            out.println("No batch with status " + status.word() + " can be reprocessed");
        } else {
            Ended.show(
                    out,
                    plans.stream().map(ReprocessBatches::row).toList(),
                    List.of("BATCH", "FILES", "SIZE", "INTO", "NOTE"));
            reprocess(installation, reprocessor, plans);
        }
    }

    private static List<String> row(Reprocessor.Plan plan) {
        Batch batch = plan.batch();
        return List.of(
                batch.id(),
                Long.toString(batch.files()),
                Quantity.inBytes(batch.bytes()),
                String.join(", ", plan.change().into()),
                shortened(BatchNote.failures(batch)));
    }

    private static String shortened(String note) {
        return note.codePointCount(0, note.length()) <= LONGEST_NOTE
                ? note
                : note.substring(0, note.offsetByCodePoints(0, LONGEST_NOTE)) + "…";
    }

    private void reprocess(Installation installation, Reprocessor reprocessor, List<Reprocessor.Plan> plans)
            throws CommandFailed {
        String batches = Quantity.count(plans.size(), "batch");
        if (dryRun) {
            out.println(batches + " would be reprocessed");
            return;
        }
        if (!confirmation.isGiven(out, "Reprocess " + batches + "?", "--dry-run")) {
            out.println("Nothing was changed");
            return;
        }
        List<String> failures = new ArrayList<>();
        Set<String> feeds = new TreeSet<>();
        Set<String> clusters = new TreeSet<>();
        for (Reprocessor.Plan plan : plans) {
            try {
                out.println(reprocessor.reprocess(plan));
                feeds.add(plan.batch().feed());
                clusters.addAll(plan.change().into());
            } catch (Refused e) {
                failures.add(e.inWords());
            }
        }
        WaitNotes.of(installation, feeds, clusters).forEach(out::println);
        if (!failures.isEmpty()) {
            throw CommandFailed.of(failures);
        }
    }
}
