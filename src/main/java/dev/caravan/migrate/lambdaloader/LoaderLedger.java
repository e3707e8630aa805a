package dev.caravan.migrate.lambdaloader;

import dev.caravan.batch.FileEntry;
import dev.caravan.feed.Feed;
import dev.caravan.ledger.dynamo.ImportedFiles;
import dev.caravan.operate.backfill.FeedListing;
import dev.caravan.operate.backfill.ListedFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import software.amazon.awssdk.services.s3.S3Client;

/** Tells Caravan's ledger which files the AWS loader has loaded, and counts those that it hasn't. Its own tables stay as they are. */
public final class LoaderLedger {
    private static final int TOGETHER = 1000;

    private final LoaderTables tables;
    private final FeedListing listing;
    private final ImportedFiles ledger;
    private final LoaderBooks books;

    /**
     * Reads what the AWS loader knows.
     *
     * @param progress hears how many manifests were read
     * @throws dev.caravan.base.aws.AwsRefused if DynamoDB or S3 refuses
     */
    public LoaderLedger(
            LoaderTables tables, S3Client s3, FeedListing listing, ImportedFiles ledger, LongConsumer progress) {
        this.tables = tables;
        this.listing = listing;
        this.ledger = ledger;
        books = LoaderBooks.read(tables, new Manifests(s3), time -> true, progress);
    }

    /**
     * What becomes of a feed's files.
     *
     * @param imported files that the AWS loader has loaded, of which the ledger is told
     * @param known files that the ledger knew already
     * @param left files that it hasn't loaded: a backfill has them loaded
     * @param partly of those imported, files that some clusters took and others didn't
     * @param overwritten of those left, files that it loaded and that were overwritten since
     */
    public record Seeded(String feed, long imported, long known, long left, long partly, long overwritten) {}

    /** Batches that are locked: whether their files were loaded, only the table can say. */
    public List<String> lockedBatches() {
        List<String> locked = new ArrayList<>();
        for (LoaderBatch batch : books.batches()) {
            if (batch.is(LoaderBatch.LOCKED)) {
                locked.add(batch.id());
            }
        }
        return locked.stream().sorted().toList();
    }

    /**
     * Does it for a feed.
     *
     * @param lockedAreLoaded whether the files of locked batches count as loaded
     * @param write whether the ledger is told
     * @throws dev.caravan.base.aws.AwsRefused if S3 or DynamoDB refuses
     * @throws dev.caravan.ledger.LedgerUnavailable if the ledger can't be reached
     */
    public Seeded seed(Feed feed, boolean lockedAreLoaded, boolean write, LongConsumer progress) {
        Count count = new Count(feed, lockedAreLoaded, write);
        listing.forEach(feed, feed.keyPrefix(), listed -> true, file -> {
            count.add(file);
            progress.accept(count.seen);
        });
        count.decide();
        return count.result();
    }

    private final class Count {
        private final Feed feed;
        private final boolean lockedAreLoaded;
        private final boolean write;
        private final List<ListedFile> waiting = new ArrayList<>();
        private long seen;
        private long imported;
        private long known;
        private long left;
        private long partly;
        private long overwritten;

        Count(Feed feed, boolean lockedAreLoaded, boolean write) {
            this.feed = feed;
            this.lockedAreLoaded = lockedAreLoaded;
            this.write = write;
        }

        void add(ListedFile file) {
            seen++;
            if (file.known().isPresent()) {
                known++;
                return;
            }
            waiting.add(file);
            if (waiting.size() == TOGETHER) {
                decide();
            }
        }

        void decide() {
            Map<String, List<FileEntry>> loaded = new LinkedHashMap<>();
            Map<String, ProcessedFile> processed = processed();
            for (ListedFile file : waiting) {
                Optional<String> batch = loadedBy(file, processed);
                if (batch.isPresent() && isOverwritten(file, batch.get())) {
                    overwritten++;
                    left++;
                } else if (batch.isPresent()) {
                    loaded.computeIfAbsent(batch.get(), id -> new ArrayList<>()).add(file.file());
                } else {
                    left++;
                }
            }
            waiting.clear();
            loaded.forEach(this::tell);
        }

        private void tell(String batch, List<FileEntry> files) {
            for (int from = 0; from < files.size(); from += ImportedFiles.MOST) {
                List<FileEntry> some = files.subList(from, Math.min(from + ImportedFiles.MOST, files.size()));
                int added = write ? ledger.add(some, batch) : some.size();
                imported += added;
                known += some.size() - added;
            }
        }

        /** Those of the waiting files that were processed, and of which no batch that is there says anything. */
        private Map<String, ProcessedFile> processed() {
            Set<String> unknown = new HashSet<>();
            for (ListedFile file : waiting) {
                if (books.placed(name(file)).isEmpty()) {
                    unknown.addAll(LoaderFile.written(name(file)));
                }
            }
            return tables.processedFiles(unknown);
        }

        private Optional<String> loadedBy(ListedFile file, Map<String, ProcessedFile> processed) {
            Optional<LoaderBooks.Placed> placed = books.placed(name(file));
            if (placed.isEmpty()) {
                return deletedBatch(file, processed);
            }
            Fate fate = placed.get().fate();
            partly += fate == Fate.PARTLY_LOADED ? 1 : 0;
            return placed.map(LoaderBooks.Placed::batch)
                    .filter(batch -> fate == Fate.LOADED
                            || fate == Fate.PARTLY_LOADED
                            || (fate == Fate.LOCKED && lockedAreLoaded));
        }

        /** Batches are deleted when they have long ended. */
        private Optional<String> deletedBatch(ListedFile file, Map<String, ProcessedFile> processed) {
            return LoaderFile.written(name(file)).stream()
                    .flatMap(written -> Optional.ofNullable(processed.get(written)).stream())
                    .flatMap(found -> found.batch().stream())
                    .filter(id -> books.batch(id).isEmpty())
                    .findFirst();
        }

        /** A feed that skips overwritten objects knows an object once, whatever its content. */
        private boolean isOverwritten(ListedFile file, String batch) {
            Instant created = file.file().created();
            return !file.file().version().equals(FileEntry.ANY_VERSION)
                    && books.batch(batch)
                            .filter(of -> created.isAfter(of.updated()))
                            .isPresent();
        }

        private String name(ListedFile file) {
            return file.file().url().substring("s3://".length());
        }

        Seeded result() {
            return new Seeded(feed.name(), imported, known, left, partly, overwritten);
        }
    }
}
