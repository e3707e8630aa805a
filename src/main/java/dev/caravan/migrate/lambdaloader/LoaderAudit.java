package dev.caravan.migrate.lambdaloader;

import dev.caravan.s3.listing.Ahead;
import dev.caravan.s3.listing.ListedObject;
import dev.caravan.s3.listing.S3Listing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Compares what the AWS loader marked as processed with what its manifests say was loaded.
 *
 * @param period which times are meant: when a batch was changed last, and when a file's event came
 * @param now a batch that was locked less than 15 minutes before may still be loaded
 */
public record LoaderAudit(LoaderTables tables, S3Client s3, Predicate<Instant> period, Instant now) {
    /** A function of AWS Lambda runs no longer. */
    private static final Duration LONGEST_RUN = Duration.ofMinutes(15);

    /** The largest item that DynamoDB takes has 409,600 bytes; a file's name may take more than a thousand. */
    private static final long FULL = 400_000;

    /**
     * Does it. Nothing is changed.
     *
     * @param progress hears how many manifests were read
     * @throws dev.caravan.base.aws.AwsRefused if DynamoDB or S3 refuses
     */
    public AuditReport run(LongConsumer progress) {
        LoaderBooks books = LoaderBooks.read(tables, new Manifests(s3), period, progress);
        Map<String, Integer> statuses = new TreeMap<>();
        List<AuditReport.Stuck> locked = new ArrayList<>();
        List<AuditReport.Blocked> blocked = new ArrayList<>();
        Set<String> failed = new HashSet<>();
        for (LoaderBatch batch : books.batches()) {
            statuses.merge(batch.status(), 1, Integer::sum);
            int files = batch.entries().size();
            if (batch.is(LoaderBatch.LOCKED) && batch.updated().isBefore(now.minus(LONGEST_RUN))) {
                locked.add(new AuditReport.Stuck(batch.id(), batch.s3Prefix(), batch.updated(), files));
            }
            if (batch.is(LoaderBatch.OPEN) && batch.bytes() >= FULL) {
                blocked.add(new AuditReport.Blocked(batch.id(), batch.s3Prefix(), files, batch.bytes()));
            }
            if (batch.is(LoaderBatch.ERROR)) {
                failed.addAll(batch.entries());
            }
        }
        failed.removeIf(file -> books.fate(new LoaderFile(file)) != Fate.FAILED);
        Processed processed = processed(books);
        return new AuditReport(
                statuses,
                processed.count(),
                inS3(books, processed.lost()),
                sorted(books.twice(), TwiceLoaded::file),
                sorted(locked, AuditReport.Stuck::since),
                sorted(blocked, AuditReport.Blocked::s3Prefix),
                books.withoutManifest().stream().map(LoaderBatch::id).sorted().toList(),
                failed.size());
    }

    private record Processed(long count, Map<String, LostFile> lost) {}

    private Processed processed(LoaderBooks books) {
        Map<String, LostFile> lost = new TreeMap<>();
        books.dropped()
                .forEach((file, batch) -> lost.put(
                        file,
                        new LostFile(
                                file,
                                Optional.of(batch.id()),
                                Optional.empty(),
                                "in its batch, not in the batch's manifest",
                                Optional.empty())));
        long[] count = {0};
        tables.processedFiles(file -> {
            if (!file.received().map(period::test).orElse(true)) {
                return;
            }
            count[0]++;
            why(books, file)
                    .ifPresent(why -> lost.put(
                            file.file(),
                            new LostFile(file.file(), file.batch(), file.received(), why, Optional.empty())));
        });
        return new Processed(count[0], lost);
    }

    /**
     * Empty if the file isn't lost, or nothing can be said of it because its batch was deleted. One that a manifest names is lost if that is another
     * object, which {@link #inS3} finds out.
     */
    private static Optional<String> why(LoaderBooks books, ProcessedFile file) {
        LoaderFile written = new LoaderFile(file.file());
        Optional<String> named = books.inManifest(written);
        if (named.isPresent()) {
            return named.filter(name -> written.names().size() > 1)
                    .map(name ->
                            "its batch's manifest names s3://" + name + ", which the AWS loader can't tell from it");
        }
        Fate fate = books.fate(written);
        if (fate == Fate.DROPPED) {
            return Optional.of("in its batch, not in the batch's manifest");
        }
        if (fate != Fate.UNKNOWN) {
            return Optional.empty();
        }
        if (file.batch().isEmpty()) {
            return Optional.of("in no batch");
        }
        return file.batch()
                .flatMap(books::batch)
                .filter(batch -> !books.withoutManifest().contains(batch))
                .map(batch -> "not among its batch's files");
    }

    private List<LostFile> inS3(LoaderBooks books, Map<String, LostFile> lost) {
        S3Listing listing = new S3Listing(s3);
        List<LostFile> found = new ArrayList<>();
        Ahead.forEach(lost.values(), file -> object(books, listing, file.name()), (file, object) -> {
            if (object.isPresent()
                    || books.inManifest(new LoaderFile(file.name())).isEmpty()) {
                found.add(new LostFile(file.name(), file.batch(), file.received(), file.why(), object));
            }
        });
        return found;
    }

    /** The object that a file is which was never loaded. */
    private static Optional<ListedObject> object(LoaderBooks books, S3Listing listing, String written) {
        return new LoaderFile(written)
                .names().stream()
                        .filter(name -> name.indexOf('/') > 0)
                        .filter(name -> books.placed(name)
                                .map(placed -> placed.fate().compareTo(Fate.DROPPED) >= 0)
                                .orElse(true))
                        .map(name -> listing.object(
                                name.substring(0, name.indexOf('/')), name.substring(name.indexOf('/') + 1)))
                        .flatMap(Optional::stream)
                        .findFirst();
    }

    private static <T, K extends Comparable<K>> List<T> sorted(List<T> list, Function<T, K> key) {
        return list.stream().sorted(Comparator.comparing(key)).toList();
    }
}
