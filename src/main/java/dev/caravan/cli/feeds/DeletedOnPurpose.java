package dev.caravan.cli.feeds;

import dev.caravan.base.Quantity;
import dev.caravan.cli.shell.Page;
import dev.caravan.ledger.Deletion;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** What people have deleted of a feed, in words: counted one by one, for it may be much. */
final class DeletedOnPurpose {
    private int batches;
    private long files;
    private Optional<Deletion> last = Optional.empty();

    static Optional<String> inWords(Stream<Deletion> deletions) {
        DeletedOnPurpose all = new DeletedOnPurpose();
        deletions.forEach(all::add);
        return all.last.map(all::words);
    }

    private void add(Deletion deletion) {
        batches++;
        files += deletion.files();
        last = Stream.concat(last.stream(), Stream.of(deletion)).max(Comparator.comparing(Deletion::at));
    }

    private String words(Deletion newest) {
        Instant at = newest.at();
        return Quantity.count(batches, "batch") + " with " + Quantity.count(files, "file")
                + (batches == 1 ? " was" : " were") + " deleted on purpose, by " + newest.by() + " at " + Page.time(at)
                + (batches == 1 ? ", and is" : " the last, and are") + " left out";
    }
}
