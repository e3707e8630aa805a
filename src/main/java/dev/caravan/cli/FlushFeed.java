package dev.caravan.cli;

import dev.caravan.batch.Batch;
import dev.caravan.feed.Quantity;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.Conflict;
import dev.caravan.startup.Installation;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code caravan flush feed}. */
@Command(name = "feed", description = "Has a feed's open batch loaded now, without waiting for more files or its time.")
final class FlushFeed extends LedgerCommand {
    @Parameters(paramLabel = "NAME", description = "The feed.")
    private String feed = "";

    FlushFeed(PrintWriter out) {
        super(out);
    }

    @Override
    void ask(Installation installation) throws CommandFailed {
        FeedName.known(installation, feed);
        List<Batch> open = installation.reader().open(feed).stream()
                .map(BatchRecord::batch)
                .toList();
        if (open.isEmpty()) {
            out.println("feed " + feed + " has no open batch: no file of it waits");
            return;
        }
        for (Batch batch : open) {
            out.println(flush(installation, batch));
        }
        WaitNotes.of(installation, List.of(feed), List.of()).forEach(out::println);
    }

    private static String flush(Installation installation, Batch batch) {
        try {
            Batch flushed = installation.steering().flush(batch);
            return "batch " + batch.id() + " (" + Quantity.count(flushed.files(), "file") + ", "
                    + Quantity.inBytes(flushed.bytes()) + ") is due now: a running instance loads it";
        } catch (Conflict e) {
            return "batch " + batch.id() + " was locked meanwhile: it is being loaded";
        }
    }
}
