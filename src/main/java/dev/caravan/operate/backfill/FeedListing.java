package dev.caravan.operate.backfill;

import dev.caravan.batch.FileEntry;
import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.ledger.Ledger.KnownFile;
import dev.caravan.ledger.read.FileLookup;
import dev.caravan.s3.listing.Ahead;
import dev.caravan.s3.listing.ListedObject;
import dev.caravan.s3.listing.S3Listing;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A feed's files in S3, each with what the ledger knows of it. However many there are, only a few thousand are held at a time: the ledger
 * is asked for a hundred at once, and a few times ahead of who reads.
 */
public final class FeedListing {
    private final S3Listing s3;
    private final FileLookup ledger;
    private final Feeds feeds;

    public FeedListing(S3Listing s3, FileLookup ledger, Feeds feeds) {
        this.s3 = s3;
        this.ledger = ledger;
        this.feeds = feeds;
    }

    /**
     * Hands over every file that the feed would get if S3 told of it now, in the order of keys. What another feed wants more, or no feed, is
     * passed over.
     *
     * @param prefix what the keys begin with; begins with the feed's own
     * @param wanted decides by S3's listing alone
     * @throws dev.caravan.base.aws.AwsRefused if S3 can't be listed
     * @throws dev.caravan.ledger.LedgerUnavailable if the ledger can't be asked; DynamoDB's exceptions if it refuses
     */
    public void forEach(Feed feed, String prefix, Predicate<ListedObject> wanted, Consumer<ListedFile> consumer) {
        Iterator<ListedObject> objects = s3.objects(feed.bucket(), prefix)
                .filter(wanted)
                .filter(listed -> feeds.takes(feed, listed.object()))
                .iterator();
        Ahead.forEach(
                () -> new Chunks(objects), chunk -> withLedger(feed, chunk), (chunk, files) -> files.forEach(consumer));
    }

    /** As many at a time as the ledger can be asked for at once. */
    private record Chunks(Iterator<ListedObject> objects) implements Iterator<List<ListedObject>> {
        @Override
        public boolean hasNext() {
            return objects.hasNext();
        }

        @Override
        public List<ListedObject> next() {
            List<ListedObject> chunk = new ArrayList<>();
            do {
                chunk.add(objects.next());
            } while (chunk.size() < FileLookup.MOST && objects.hasNext());
            return chunk;
        }
    }

    private List<ListedFile> withLedger(Feed feed, List<ListedObject> objects) {
        List<FileEntry> files = objects.stream()
                .map(listed -> FileEntry.of(feed, listed.object()))
                .toList();
        Map<FileEntry, KnownFile> known = ledger.known(files);
        List<ListedFile> listed = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            FileEntry file = files.get(i);
            listed.add(new ListedFile(objects.get(i), file, Optional.ofNullable(known.get(file))));
        }
        return listed;
    }
}
