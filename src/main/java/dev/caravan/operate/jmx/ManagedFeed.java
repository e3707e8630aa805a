package dev.caravan.operate.jmx;

import dev.caravan.base.Shown;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.read.BatchNote;
import dev.caravan.operate.steer.Operator;
import dev.caravan.pipeline.s3toredshift.AutoBatches;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** A feed, as the ledger has it. */
final class ManagedFeed implements FeedMBean {
    private final String name;
    private final Feeds feeds;
    private final LedgerView view;
    private final AutoBatches batches;
    private final Operator operator;

    ManagedFeed(String name, Feeds feeds, LedgerView view, AutoBatches batches, Operator operator) {
        this.name = name;
        this.feeds = feeds;
        this.view = view;
        this.batches = batches;
        this.operator = operator;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getDescription() {
        return configured(Feed::description);
    }

    @Override
    public String getPrefix() {
        return configured(Feed::writtenPrefix);
    }

    @Override
    public String getTable() {
        return configured(Feed::table);
    }

    @Override
    public String getClusters() {
        return configured(feed -> String.join(", ", feed.clusters()));
    }

    @Override
    public String getBatchSize() {
        return configured(batches::inWords);
    }

    @Override
    public boolean isPaused() {
        return view.pause(name).isPresent();
    }

    @Override
    public String getPause() {
        return view.pauseInWords(name);
    }

    @Override
    public long getLagSeconds() {
        return view.notLoaded(name)
                .oldest()
                .map(oldest -> Math.max(
                        0, Duration.between(oldest.batch().first(), view.now()).toSeconds()))
                .orElse(0L);
    }

    @Override
    public String getOpenBatch() {
        return open().stream().map(Batch::id).findFirst().orElse("");
    }

    @Override
    public long getOpenFiles() {
        return open().stream().mapToLong(Batch::files).sum();
    }

    @Override
    public long getOpenBytes() {
        return open().stream().mapToLong(Batch::bytes).sum();
    }

    @Override
    public String getOpenDue() {
        return open().stream()
                .map(batch -> batch.due().toString())
                .min(Comparator.naturalOrder())
                .orElse("");
    }

    @Override
    public long getLockedBatches() {
        return view.notLoaded(name).locked();
    }

    @Override
    public long getHeldBatches() {
        return view.notLoaded(name).held();
    }

    @Override
    public long getFailedBatches() {
        return view.notLoaded(name).errors();
    }

    @Override
    public String getLastLoad() {
        return view.newest(name).stream()
                .filter(record -> record.batch().status() == BatchStatus.COMPLETE)
                .flatMap(record -> record.ended().stream())
                .max(Comparator.naturalOrder())
                .map(Instant::toString)
                .orElse("");
    }

    @Override
    public long getLoadedFiles() {
        return loaded(Batch::files);
    }

    @Override
    public long getLoadedBytes() {
        return loaded(Batch::bytes);
    }

    @Override
    public long getLoadedRows() {
        return loaded(BatchRows::rows);
    }

    @Override
    public String getLastError() {
        return view.newest(name).stream()
                .filter(record -> record.batch().status() == BatchStatus.ERROR)
                .findFirst()
                .map(record -> Shown.line(BatchNote.failures(record.batch())))
                .orElse("");
    }

    @Override
    public String pause() {
        return said(operator.pause(name, "paused in Hawtio or over JMX"));
    }

    @Override
    public String resume() {
        return said(operator.resume(name).orElse("feed " + name + " is not paused"));
    }

    @Override
    public String flush() {
        return said(String.join("; ", operator.flush(name)));
    }

    /** Whoever has changed something wants to see it. */
    private String said(String words) {
        view.forget();
        return words;
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
