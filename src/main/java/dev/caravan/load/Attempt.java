package dev.caravan.load;

import dev.caravan.batch.Batch;
import dev.caravan.batch.ExchangeProperties;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.LoadSettings;
import dev.caravan.ledger.Ledger;
import dev.caravan.load.manifest.ManifestKey;
import dev.caravan.load.manifest.ManifestWriter;
import dev.caravan.redshift.copy.CopySource.SingleFile;
import dev.caravan.redshift.target.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;

/** What is known of an attempt to load a batch, as its steps keep it in the exchange. */
public final class Attempt {
    /** Exchange property: whether an earlier attempt has come so far that a cluster may have loaded the batch. */
    static final String TRIED = "tried";

    /** Exchange property: the clusters that this attempt copies into. */
    static final String CLUSTERS = "clusters";

    /** Exchange property: the clusters for which too many batches of the feed wait already. */
    static final String WITHOUT_ROOM = "withoutRoom";

    /** Exchange property: the files that this attempt leaves out because those clusters have refused them, or other batches load their objects. */
    static final String ASIDE = "aside";

    /** Exchange property: whether the batch has an outcome for each of its clusters. */
    static final String SETTLED = "settled";

    /** Exchange property: whether the attempt's manifest names no file. */
    static final String NOTHING_LEFT = "nothingLeft";

    /** Exchange property: why nothing is copied into some clusters yet, though they take loads. */
    static final String WAITING = "waitsForOtherBatch";

    /** Exchange property: the {@link SingleFiles}, if the feed copies file by file. */
    static final String SINGLES = "singles";

    /** Exchange property: the batch as a copy's outcome has left it, for all copies of the attempt. */
    static final String LATEST = "latest";

    static final List<String> OF_ONE_ATTEMPT =
            List.of(CLUSTERS, ASIDE, NOTHING_LEFT, WITHOUT_ROOM, WAITING, SINGLES, LATEST);

    private Attempt() {}

    /** Whether other batches load all that the attempt's files hold: then the cluster only notes that the batch is done. */
    static boolean isNothingLeft(Exchange exchange) {
        return exchange.getProperty(NOTHING_LEFT, false, Boolean.class);
    }

    /** A manifest of these files; where it belongs, as properties {@code manifestBucket} and {@code manifestKey}. */
    static byte[] render(ManifestKey place, List<FileEntry> files, Exchange exchange) throws IOException {
        exchange.setProperty(ExchangeProperties.MANIFEST_BUCKET, place.bucket());
        exchange.setProperty(ExchangeProperties.MANIFEST_KEY, place.key());
        ByteArrayOutputStream manifest = new ByteArrayOutputStream();
        ManifestWriter.write(files.stream(), manifest);
        return manifest.toByteArray();
    }

    /** A copy has noted its outcome: of two, the later one knows both. */
    static void noted(Batch batch, Exchange exchange) {
        latest(exchange)
                .ifPresent(latest -> latest.accumulateAndGet(
                        batch,
                        (one, other) -> one.outcomes().size() > other.outcomes().size() ? one : other));
    }

    @SuppressWarnings("unchecked")
    static Optional<AtomicReference<Batch>> latest(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(LATEST, AtomicReference.class));
    }

    /** The files that are copied one by one; none if all are copied at once. */
    static List<SingleFile> singles(Exchange exchange) {
        SingleFiles singles = exchange.getProperty(SINGLES, SingleFiles.class);
        return singles == null ? List.of() : singles.written();
    }

    /** The files of the attempt's manifest. */
    static List<FileEntry> files(Ledger ledger, Exchange exchange) {
        Batch batch = batchOf(exchange);
        Set<?> aside = exchange.getProperty(ASIDE, Set.of(), Set.class);
        List<FileEntry> files = new ArrayList<>(Math.toIntExact(batch.files()));
        ledger.files(batch, file -> {
            if (!aside.contains(file)) {
                files.add(file);
            }
        });
        return files;
    }

    /** How many files the attempt's manifest names; all of the batch's if this attempt has made none. */
    static long copied(Exchange exchange) {
        long[] created = exchange.getProperty(ExchangeProperties.CREATED, long[].class);
        return created == null ? batchOf(exchange).files() : created.length;
    }

    /** Whether an earlier attempt has come so far that a cluster may have loaded the batch. */
    static boolean wasTriedBefore(Exchange exchange) {
        return exchange.getProperty(TRIED, false, Boolean.class);
    }

    public static Batch batchOf(Exchange exchange) {
        return exchange.getProperty(ExchangeProperties.BATCH, Batch.class);
    }

    /** How the batch is loaded, wherever. */
    static LoadSettings settings(Exchange exchange) {
        return exchange.getProperty(ExchangeProperties.FEED, LoadSettings.class);
    }

    /** What the batch is written to, in the cluster if the exchange is of one. */
    public static Target target(Exchange exchange) {
        String cluster = CopySteps.clusterIfAny(exchange);
        return cluster == null
                ? settings(exchange).target()
                : settings(exchange).in(cluster);
    }
}
