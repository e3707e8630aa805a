package dev.caravan.cli.files;

import dev.caravan.ledger.BatchFilter;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.read.LedgerReader;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.Queue;

/** The batches of several feeds, newest first, read as they are asked for. */
final class NewestFirst implements Iterator<BatchRecord> {
    private static final Comparator<Source> ORDER =
            Comparator.comparing((Source source) -> source.next().batch().first());

    private final Queue<Source> sources = new PriorityQueue<>(ORDER.reversed());

    /** @param next what it gives next; {@code rest} what comes behind that */
    private record Source(BatchRecord next, Iterator<BatchRecord> rest) {}

    NewestFirst(LedgerReader reader, Collection<String> feeds, BatchFilter filter) {
        feeds.forEach(feed -> add(reader.newestFirst(feed, filter).iterator()));
    }

    @Override
    public boolean hasNext() {
        return !sources.isEmpty();
    }

    @Override
    public BatchRecord next() {
        Source newest = sources.poll();
        if (newest == null) {
            throw new NoSuchElementException();
        }
        add(newest.rest());
        return newest.next();
    }

    private void add(Iterator<BatchRecord> batches) {
        if (batches.hasNext()) {
            sources.add(new Source(batches.next(), batches));
        }
    }
}
