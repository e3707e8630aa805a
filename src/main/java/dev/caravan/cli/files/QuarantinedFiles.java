package dev.caravan.cli.files;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.cli.shell.BatchName;
import dev.caravan.cli.shell.CommandFailed;
import dev.caravan.cli.shell.FeedName;
import dev.caravan.feed.Feed;
import dev.caravan.ledger.BatchFilter;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Ledger.KnownFile;
import dev.caravan.startup.Installation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The files of ended batches that can be reloaded: still set aside, and not overwritten since. Batches are read as they are asked for, and nothing is
 * kept of them. What was reloaded isn't set aside any more, so that whoever was stopped goes on where it was.
 *
 * @param batch only this one's
 * @param feeds these feeds'
 * @param since of batches that came to be then or later
 * @param until of batches that came to be before
 */
public record QuarantinedFiles(
        Installation installation, Optional<Batch> batch, Set<String> feeds, Instant since, Instant until) {
    private static final Set<BatchStatus> ENDED = Set.of(BatchStatus.COMPLETE, BatchStatus.ERROR);

    static QuarantinedFiles of(Installation installation, String id) throws CommandFailed {
        Batch batch = BatchName.known(installation, id).batch();
        if (!ENDED.contains(batch.status())) {
            throw new CommandFailed("batch " + id + " is still being loaded: give the command again when it has ended");
        }
        return ofBatch(installation, batch);
    }

    /** @param batch one that has ended */
    public static QuarantinedFiles ofBatch(Installation installation, Batch batch) {
        return new QuarantinedFiles(installation, Optional.of(batch), Set.of(), Instant.EPOCH, Instant.MAX);
    }

    /** @param feed empty for all */
    static QuarantinedFiles of(Installation installation, Optional<String> feed, Instant since, Instant until)
            throws CommandFailed {
        Set<String> feeds = new TreeSet<>();
        if (feed.isPresent()) {
            feeds.add(FeedName.known(installation, feed.get()));
        } else {
            feeds.addAll(installation.reader().notLoaded().feeds().keySet());
            installation.feeds().all().stream().map(Feed::name).forEach(feeds::add);
        }
        return new QuarantinedFiles(installation, Optional.empty(), feeds, since, until);
    }

    public void forEach(Consumer<KnownFile> consumer) {
        batches().filter(one -> one.quarantined() > 0).forEach(one -> ofBatch(one, consumer));
    }

    private Stream<Batch> batches() {
        BatchFilter filter = BatchFilter.all().with(ENDED).between(since, until);
        return batch.isPresent()
                ? batch.stream()
                : feeds.stream()
                        .flatMap(feed -> installation.reader().newestFirst(feed, filter))
                        .map(BatchRecord::batch);
    }

    private void ofBatch(Batch one, Consumer<KnownFile> consumer) {
        Ledger ledger = installation.ledger();
        List<FileEntry> files = ledger.quarantined(one).stream()
                .map(QuarantinedFile::file)
                .distinct()
                .toList();
        for (FileEntry file : files) {
            List<KnownFile> ofObject = ledger.known(file.url());
            ofObject.stream()
                    .filter(known -> known.file().equals(file)
                            && known.batch().equals(one.id())
                            && !known.quarantined().isEmpty()
                            && !Refusal.isOverwritten(known, ofObject))
                    .forEach(consumer);
        }
    }
}
