package dev.caravan.pipeline.s3toredshift;

import dev.caravan.batch.ExchangeProperties;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.OverwritePolicy;
import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.feed.capture.Unresolved;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.notes.EventTests;
import dev.caravan.ledger.notes.UnmatchedObjects;
import dev.caravan.load.LoadMeters;
import dev.caravan.s3.event.EventReader;
import dev.caravan.s3.event.ObjectCreated;
import dev.caravan.s3.event.UnreadableEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steps of route {@code batch}. */
public final class BatchSteps {
    private static final Logger LOG = LoggerFactory.getLogger(BatchSteps.class);

    /** Prefixes that were logged already; bounded, for a bucket may have any number of them. */
    private static final int LOGGED_PREFIXES = 1000;

    private final EventReader reader = new EventReader();
    private final Feeds feeds;
    private final Ledger ledger;
    private final AutoBatches batches;
    private final LoadMeters meters;
    private final EventTests tests;
    private final UnmatchedObjects unmatched;
    private final boolean parkUnmatched;
    private final Set<String> logged = ConcurrentHashMap.newKeySet();

    /** @param parkUnmatched whether an object that no feed wants is parked rather than ignored */
    public BatchSteps(
            Feeds feeds,
            Ledger ledger,
            AutoBatches batches,
            LoadMeters meters,
            EventTests tests,
            UnmatchedObjects unmatched,
            boolean parkUnmatched) {
        this.unmatched = unmatched;
        this.tests = tests;
        this.feeds = feeds;
        this.ledger = ledger;
        this.batches = batches;
        this.meters = meters;
        this.parkUnmatched = parkUnmatched;
    }

    /**
     * An object that a feed takes.
     *
     * @param record the event's record that speaks of it
     */
    public record Taken(String record, ObjectCreated object, Feed feed) {}

    /** The object that a record says was created, for each feed that takes it; nothing if the record says something else. */
    public List<Taken> takers(String record) throws UnreadableEvent, UnmatchedObject {
        Optional<ObjectCreated> object = reader.read(record);
        return object.filter(created -> !isTest(created)).isPresent() ? takers(record, object.get()) : List.of();
    }

    private boolean isTest(ObjectCreated object) {
        boolean test = tests.received(object.url());
        if (test) {
            LOG.info("The event of test object {} has come; it is loaded nowhere", object.url());
        }
        return test;
    }

    private List<Taken> takers(String record, ObjectCreated object) throws UnmatchedObject {
        List<Feed> takers = feeds.match(object);
        if (takers.isEmpty()) {
            letGo(object);
        }
        return takers.stream()
                .takeWhile(feed -> !feed.discard())
                .filter(feed -> feed.onOverwrite() != OverwritePolicy.SKIP || !isTaken(object, feed.name()))
                .map(feed -> new Taken(record, object, feed))
                .toList();
    }

    /**
     * The object as a file of the feed, which becomes property {@code feed}; the key of its batch becomes {@code batchKey}, when that is complete
     * becomes {@code limits}.
     *
     * @throws UnresolvedObject if its key makes no table for the feed
     */
    public FileEntry file(Taken taken, Exchange exchange) throws UnresolvedObject {
        try {
            Feed feed = taken.feed().ofObject(taken.object().key());
            exchange.setProperty(ExchangeProperties.FEED, feed);
            exchange.setProperty(ExchangeProperties.BATCH_KEY, feed.key());
        } catch (Unresolved e) {
            throw new UnresolvedObject(taken.object(), taken.feed(), e);
        }
        exchange.setProperty(ExchangeProperties.LIMITS, batches.limits(taken.feed()));
        return FileEntry.of(taken.feed(), taken.object());
    }

    /** Asked because the feed may not always have skipped; that two versions don't enter at once, their common version sees to. */
    private boolean isTaken(ObjectCreated object, String feed) {
        boolean taken = ledger.known(object.url()).stream()
                .anyMatch(known -> known.file().feed().equals(feed));
        if (taken) {
            LOG.debug("{} was taken before by feed {}, which skips overwritten objects", object.url(), feed);
        }
        return taken;
    }

    private void letGo(ObjectCreated object) throws UnmatchedObject {
        meters.unmatched(unmatched.count(object.bucket(), object.key()));
        if (parkUnmatched) {
            throw new UnmatchedObject(object);
        }
        int slash = object.key().lastIndexOf('/');
        String prefix = object.bucket() + "/" + object.key().substring(0, slash + 1);
        if (logged.size() < LOGGED_PREFIXES && logged.add(prefix)) {
            LOG.info(
                    "No feed wants s3://{}: objects below {} are ignored (said once per prefix; caravan.unmatched=park keeps"
                            + " them in the dead-letter queue)",
                    object.bucket() + "/" + object.key(),
                    prefix);
        }
    }
}
