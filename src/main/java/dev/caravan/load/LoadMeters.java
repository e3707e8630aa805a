package dev.caravan.load;

import dev.caravan.batch.Batch;
import dev.caravan.outcome.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.LongStream;

/** What this instance has loaded since its start, and how long it took. Safe for use by many threads. */
public final class LoadMeters {
    private static final Duration[] COPY_TIMES = seconds(1, 2, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600);
    private static final Duration[] LATENCIES =
            seconds(1, 2, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 21_600, 86_400);

    private final MeterRegistry registry;

    public LoadMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** No feed wanted an object of a bucket. */
    public void unmatched(String bucket) {
        count("caravan.unmatched.objects", "Events of objects that no feed wanted", Tags.of("bucket", bucket), 1);
    }

    /**
     * A batch's files are in a cluster.
     *
     * @param files those that the cluster took
     * @param bytes their size
     * @param created when S3 created each of them; empty if that is not at hand
     */
    public void loaded(Batch batch, Outcome.Loaded outcome, long files, long bytes, LongStream created) {
        Tags tags = tags(batch.feed(), outcome.cluster());
        count("caravan.loaded.files", "Files loaded into a cluster", tags, files);
        count("caravan.loaded.rows", "Rows that COPY loaded", tags, outcome.rows());
        count("caravan.deleted.rows", "Rows that loads deleted by keys", tags, outcome.deleted());
        count(
                "caravan.skipped.rows",
                "Rows that COPY left out of loads that succeeded",
                tags,
                outcome.skipped().rows());
        count("caravan.loaded.bytes", "Size of the files loaded into a cluster", tags, bytes);
        Timer.builder("caravan.copy")
                .description("Time of the attempt that loaded a batch into a cluster, once it was its turn")
                .tags(tags)
                .serviceLevelObjectives(COPY_TIMES)
                .register(registry)
                .record(Duration.ofMillis(outcome.millis()));
        Timer latency = Timer.builder("caravan.event.to.loaded")
                .description("Time from S3's event for a file to the end of its load into a cluster")
                .tags(tags)
                .serviceLevelObjectives(LATENCIES)
                .register(registry);
        long loadedAt = outcome.at().toEpochMilli();
        created.forEach(at -> latency.record(Duration.ofMillis(Math.max(0, loadedAt - at))));
    }

    /** Files were not loaded into a cluster because their batch failed there. */
    public void failed(Batch batch, String cluster, long files) {
        count("caravan.failed.files", "Files of batches that failed in a cluster", tags(batch.feed(), cluster), files);
    }

    /** Files were set aside because a cluster refused them. */
    public void quarantined(Batch batch, String cluster, long files) {
        count(
                "caravan.quarantined.files",
                "Files that a cluster refused and that were set aside",
                tags(batch.feed(), cluster),
                files);
    }

    /** A batch has come to its end, told to whoever wants to hear it. */
    public void ended(Batch batch) {
        Tags feed = Tags.of("feed", batch.feed());
        count(
                "caravan.batches.ended",
                "Batches that ended, by how",
                feed.and("status", batch.status().word()),
                1);
        DistributionSummary.builder("caravan.batch.files")
                .description("Files of the batches that ended")
                .tags(feed)
                .register(registry)
                .record((double) batch.files());
        DistributionSummary.builder("caravan.batch.bytes")
                .description("Size of the batches that ended")
                .tags(feed)
                .register(registry)
                .record((double) batch.bytes());
    }

    private void count(String name, String description, Tags tags, long more) {
        Counter.builder(name)
                .description(description)
                .tags(tags)
                .register(registry)
                .increment((double) more);
    }

    private static Tags tags(String feed, String cluster) {
        return Tags.of("feed", feed, "cluster", cluster);
    }

    private static Duration[] seconds(long... seconds) {
        return Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toArray(Duration[]::new);
    }
}
