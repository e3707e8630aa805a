package dev.caravan.cli.install;

import dev.caravan.base.Quantity;
import dev.caravan.batch.Batch;
import dev.caravan.cli.files.QuarantinedFiles;
import dev.caravan.cli.queue.QueueDepth;
import dev.caravan.ledger.FeedPauses.Pause;
import dev.caravan.ledger.NotLoaded;
import dev.caravan.load.manifest.MakingGood;
import dev.caravan.operate.steer.Operator;
import dev.caravan.startup.Installation;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;

/** What is not loaded though nothing is left to do, in words: it wants a person. */
final class NotDone {
    private final Installation installation;
    private final SqsClient sqs;
    private final NotLoaded notLoaded;
    private final List<String> lines = new ArrayList<>();

    private NotDone(Installation installation, SqsClient sqs) {
        this.installation = installation;
        this.sqs = sqs;
        new MakingGood(installation.ledger(), Clock.systemUTC()).look(feed -> true);
        notLoaded = installation.reader().notLoaded();
    }

    /**
     * A line for each kind; none if all is loaded.
     *
     * @param since files that were quarantined before are left out: whoever was there then was told
     */
    static List<String> of(Installation installation, SqsClient sqs, Instant since) {
        NotDone left = new NotDone(installation, sqs);
        left.notLoaded.feeds().keySet().forEach(left::failed);
        left.quarantined(since);
        left.parked();
        installation.pauses().all().forEach(left::paused);
        return List.copyOf(left.lines);
    }

    private void failed(String feed) {
        long errors = notLoaded.of(feed).errors();
        if (errors > 0) {
            lines.add(Quantity.count(errors, "batch") + " of feed " + feed + (errors == 1 ? " has" : " have")
                    + " failed: caravan list batches --feed " + feed + " --status error says why");
        }
    }

    private void quarantined(Instant since) {
        List<String> urls = new ArrayList<>();
        for (Batch batch : installation.reader().quarantinedSince(since)) {
            QuarantinedFiles.ofBatch(installation, batch)
                    .forEach(known -> urls.add(known.file().url()));
        }
        if (!urls.isEmpty()) {
            lines.add(Quantity.count(urls.size(), "file is", "files are") + " quarantined: " + urls.get(0)
                    + (urls.size() == 1 ? "" : " is the first") + ". caravan describe file says why, and what to do");
        }
    }

    private void parked() {
        QueueDepth parked = QueueDepth.of(
                installation,
                sqs,
                "caravan.dead-letter-queue",
                installation.settings().deadLetterQueue());
        Long waiting = parked.waiting();
        if (waiting == null) {
            lines.add("it can't be said whether events are parked: " + parked.problem());
        } else if (waiting > 0) {
            lines.add(Quantity.count(waiting, "event is", "events are") + " parked in queue " + parked.queue()
                    + ": caravan redrive --dry-run says why");
        }
    }

    private void paused(Pause pause) {
        NotLoaded.OfFeed of = notLoaded.of(pause.feed());
        long waiting = of.open().size() + of.locked() + of.held();
        if (waiting > 0) {
            lines.add("feed " + pause.feed() + " is paused " + Operator.since(pause) + ", and "
                    + Quantity.count(waiting, "batch") + (waiting == 1 ? " of it waits" : " of it wait")
                    + ": caravan resume feed " + pause.feed() + " has them loaded");
        }
    }
}
