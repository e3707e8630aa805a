package dev.caravan.steps;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStrategy;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.Stage;
import dev.caravan.batch.UnloadableBatch;
import dev.caravan.copy.CopyFailure;
import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.ledger.Ledger;
import dev.caravan.manifest.ManifestKey;
import dev.caravan.manifest.ManifestWriter;
import dev.caravan.outcome.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.component.aws2.s3.AWS2S3Constants;

/** Steps of route {@code load}: from a locked batch to a manifest, and one copy for each cluster. */
public final class LoadSteps {
    /** Exchange property: the {@link Batch}, as the ledger gave it when the load began. */
    public static final String BATCH = "batch";

    /** Exchange property: the URL of the batch's last file. */
    static final String LAST_FILE = "lastFile";

    private final Ledger ledger;
    private final Feeds feeds;
    private final Clock clock;

    public LoadSteps(Ledger ledger, Feeds feeds, Clock clock) {
        this.ledger = ledger;
        this.feeds = feeds;
        this.clock = clock;
    }

    /** Notes that stage {@code manifest} begins, and finds the feed as it is configured now: properties {@code batch} and {@code feed}. */
    public Batch begin(Batch batch, Exchange exchange) {
        exchange.setProperty(BATCH, batch);
        exchange.setProperty(
                BatchStrategy.FEED,
                feeds.named(batch.feed())
                        .orElseThrow(() -> new UnloadableBatch("feed " + batch.feed()
                                + " is not configured any more: put it back into routes/feeds.camel.yaml, then reprocess"
                                + " batch " + batch.id())));
        return ledger.reach(batch, Stage.MANIFEST);
    }

    /** The batch's manifest as the body; where it belongs, as property {@code manifest} and headers for the S3 endpoint. */
    public byte[] manifest(Batch batch, Exchange exchange) throws IOException {
        ManifestKey place = ManifestKey.of(feed(exchange), batch.id(), batch.attempt());
        exchange.setProperty("manifestBucket", place.bucket());
        exchange.setProperty("manifest", place.url());
        exchange.getMessage().setHeader(AWS2S3Constants.KEY, place.key());
        exchange.getMessage().setHeader(AWS2S3Constants.CONTENT_TYPE, "application/json");
        List<FileEntry> files = new ArrayList<>(Math.toIntExact(batch.files()));
        ledger.files(batch, files::add);
        exchange.setProperty(LAST_FILE, files.get(files.size() - 1).url());
        ByteArrayOutputStream manifest = new ByteArrayOutputStream();
        ManifestWriter.write(files.stream(), manifest);
        return manifest.toByteArray();
    }

    /** Notes the manifest and that stage {@code copy} begins. Returns the clusters in which nothing has become of the batch yet. */
    public List<String> clusters(Exchange exchange) {
        Batch batch = ledger.manifest(batchOf(exchange), exchange.getProperty("manifest", String.class));
        exchange.setProperty(BATCH, batch);
        return batch.pending(feed(exchange).clusters());
    }

    /** Throws {@link NotYetLoaded} if a cluster is still without an outcome: the batch comes again. */
    public void settle(Exchange exchange) throws NotYetLoaded {
        Batch batch = ledger.find(batchOf(exchange).id()).orElseThrow();
        exchange.setProperty(BATCH, batch);
        List<String> pending = batch.pending(feed(exchange).clusters());
        if (!pending.isEmpty()) {
            throw new NotYetLoaded(batch.id(), pending, batch.reason());
        }
    }

    /** Notes for every cluster that is still without an outcome that nothing will become of the batch there, and why. */
    public void fail(Exchange exchange) {
        Batch batch = batchOf(exchange);
        CopyFailure failure = Retries.failure(exchange);
        Feed feed = exchange.getProperty(BatchStrategy.FEED, Feed.class);
        List<String> clusters = feed == null ? List.of("none") : batch.pending(feed.clusters());
        for (String cluster : clusters) {
            ledger.outcome(
                    batch,
                    new Outcome.Failed(cluster, clock.instant(), failure.reason(), failure.sqlState(), List.of()));
        }
    }

    static Batch batchOf(Exchange exchange) {
        return exchange.getProperty(BATCH, Batch.class);
    }

    static Feed feed(Exchange exchange) {
        return exchange.getProperty(BatchStrategy.FEED, Feed.class);
    }
}
