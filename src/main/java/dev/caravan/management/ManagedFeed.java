package dev.caravan.management;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.feed.Quantity;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.BatchSteering;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.FeedPauses;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;

/** A feed's MBean. Its numbers are those of all instances together, as the ledger has them. */
@ManagedResource(
        description =
                "A feed: what of it waits, what became of its last batches, and how to pause, resume and flush it")
public final class ManagedFeed {
    private final String name;
    private final Feeds feeds;
    private final LedgerView view;
    private final FeedPauses pauses;
    private final BatchSteering steering;

    ManagedFeed(String name, Feeds feeds, LedgerView view, FeedPauses pauses, BatchSteering steering) {
        this.name = name;
        this.feeds = feeds;
        this.view = view;
        this.pauses = pauses;
        this.steering = steering;
    }

    @ManagedAttribute(description = "The feed's name")
    public String getName() {
        return name;
    }

    @ManagedAttribute(description = "bucket/prefix of the objects that it takes")
    public String getPrefix() {
        return configured(feed -> feed.bucket() + "/" + feed.keyPrefix());
    }

    @ManagedAttribute(description = "The table that it loads")
    public String getTable() {
        return configured(Feed::table);
    }

    @ManagedAttribute(description = "The clusters that it loads into")
    public String getClusters() {
        return configured(feed -> String.join(", ", feed.clusters()));
    }

    @ManagedAttribute(description = "Whether it is paused: its files are recorded, and nothing of it is loaded")
    public boolean isPaused() {
        return view.pause(name).isPresent();
    }

    @ManagedAttribute(description = "Since when and why it is paused; empty if it isn't")
    public String getPause() {
        return view.pause(name)
                .map(pause -> "since " + pause.since() + (pause.reason().isEmpty() ? "" : ": " + pause.reason()))
                .orElse("");
    }

    @ManagedAttribute(
            description =
                    "Seconds since the first file came of the oldest batch that isn't loaded and hasn't failed; 0 if there is none")
    public long getLagSeconds() {
        return view.notLoaded(name)
                .oldest()
                .map(oldest -> Math.max(
                        0, Duration.between(oldest.batch().first(), view.now()).toSeconds()))
                .orElse(0L);
    }

    @ManagedAttribute(description = "The open batch's id; empty if there is none")
    public String getOpenBatch() {
        return open().stream().map(Batch::id).findFirst().orElse("");
    }

    @ManagedAttribute(description = "Files in the open batch")
    public long getOpenFiles() {
        return open().stream().mapToLong(Batch::files).sum();
    }

    @ManagedAttribute(description = "Bytes in the open batch")
    public long getOpenBytes() {
        return open().stream().mapToLong(Batch::bytes).sum();
    }

    @ManagedAttribute(description = "When the open batch is loaded at the latest; empty if there is none")
    public String getOpenDue() {
        return open().stream()
                .map(batch -> batch.due().toString())
                .min(Comparator.naturalOrder())
                .orElse("");
    }

    @ManagedAttribute(description = "Batches that are being loaded, or tried again at a time")
    public long getLockedBatches() {
        return view.notLoaded(name).locked();
    }

    @ManagedAttribute(description = "Batches that wait for a cluster, or for the end of the feed's pause")
    public long getHeldBatches() {
        return view.notLoaded(name).held();
    }

    @ManagedAttribute(description = "Batches that have failed and want to be reprocessed")
    public long getFailedBatches() {
        return view.notLoaded(name).errors();
    }

    @ManagedAttribute(description = "When the last batch was complete; empty if none of the last 20 is")
    public String getLastLoad() {
        return view.newest(name).stream()
                .filter(record -> record.batch().status() == BatchStatus.COMPLETE)
                .flatMap(record -> record.ended().stream())
                .max(Comparator.naturalOrder())
                .map(Instant::toString)
                .orElse("");
    }

    @ManagedAttribute(description = "Files in those of the last 20 batches that are complete")
    public long getLoadedFiles() {
        return loaded(Batch::files);
    }

    @ManagedAttribute(description = "Bytes in those of the last 20 batches that are complete")
    public long getLoadedBytes() {
        return loaded(Batch::bytes);
    }

    @ManagedAttribute(
            description = "Rows that those of the last 20 batches that are complete have in all clusters together")
    public long getLoadedRows() {
        return loaded(BatchRows::rows);
    }

    @ManagedAttribute(description = "Why the newest of the last 20 batches that failed did; empty if none did")
    public String getLastError() {
        return view.newest(name).stream()
                .filter(record -> record.batch().status() == BatchStatus.ERROR)
                .findFirst()
                .map(BatchRows::failures)
                .orElse("");
    }

    @ManagedOperation(
            description = "Pauses the feed: its files go on being recorded, nothing of it is loaded, by any instance")
    public String pause() {
        FeedPauses.Pause pause = pauses.pause(name, "paused in Hawtio or over JMX");
        view.forget();
        return "Feed " + name + " is paused since " + pause.since() + ": " + pause.reason();
    }

    @ManagedOperation(description = "Ends the feed's pause: what has waited is loaded, oldest first")
    public String resume() {
        boolean was = pauses.resume(name).isPresent();
        view.forget();
        return "Feed " + name + (was ? " is resumed: what has waited is loaded now" : " was not paused");
    }

    @ManagedOperation(description = "Has the open batch loaded now rather than when it is due")
    public String flush() {
        view.forget();
        List<Batch> open = open();
        try {
            for (Batch batch : open) {
                steering.flush(batch);
            }
        } catch (Conflict e) {
            return "Nothing is flushed: " + e.getMessage() + ". Try again";
        }
        view.forget();
        return open.isEmpty()
                ? "Feed " + name + " has no open batch"
                : "Batch " + open.get(0).id() + " is due now: "
                        + Quantity.count(open.get(0).files(), "file");
    }

    private List<Batch> open() {
        return view.notLoaded(name).open().stream().map(BatchRecord::batch).toList();
    }

    private long loaded(ToLongFunction<Batch> amount) {
        return view.newest(name).stream()
                .map(BatchRecord::batch)
                .filter(batch -> batch.status() == BatchStatus.COMPLETE)
                .mapToLong(amount)
                .sum();
    }

    private String configured(Function<Feed, String> property) {
        return feeds.named(name).map(property).orElse("");
    }
}
