package dev.caravan.cli.migrate;

import dev.caravan.batch.FileEntry;
import dev.caravan.cli.files.FileVersion;
import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Ledger.KnownFile;
import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.ledger.read.LedgerReader;
import dev.caravan.ledger.read.Waits;
import dev.caravan.migrate.lambdaloader.LostFile;
import dev.caravan.s3.listing.ListedObject;
import dev.caravan.startup.Installation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What became in Caravan of files that the AWS loader lost. */
record LoadedSince(Ledger ledger, LedgerReader reader, Feeds feeds) {
    private static final Set<String> THERE = Set.of("loaded", "imported");

    static LoadedSince of(Installation installation) {
        return new LoadedSince(installation.ledger(), installation.reader(), installation.feeds());
    }

    /**
     * A file that the ledger knows.
     *
     * @param isLoaded whether every feed that wants it has it loaded
     * @param words where it is, if it isn't
     */
    record Standing(boolean isLoaded, String words) {}

    /** Empty if the ledger doesn't know what the object holds now; if it is gone, whatever it held. */
    Optional<Standing> of(LostFile lost) {
        List<KnownFile> known = known(lost.url()).stream()
                .filter(file -> lost.object().map(object -> isNow(file, object)).orElse(true))
                .toList();
        Set<String> waiting = lost.object().stream()
                .flatMap(object -> feeds.match(object.object()).stream())
                .filter(feed -> !feed.discard())
                .map(Feed::name)
                .collect(Collectors.toCollection(TreeSet::new));
        Optional<Standing> left = Optional.empty();
        for (KnownFile file : known) {
            String state = state(file);
            if (THERE.contains(state)) {
                waiting.remove(file.file().feed());
            } else if (left.isEmpty()) {
                left = Optional.of(
                        new Standing(false, "Caravan has it in batch " + file.batch() + ", where it is " + state));
            }
        }
        boolean isLoaded = !known.isEmpty() && left.isEmpty() && waiting.isEmpty();
        return isLoaded ? Optional.of(new Standing(true, "")) : left;
    }

    private List<KnownFile> known(String url) {
        try {
            return ledger.known(url);
        } catch (LedgerUnavailable e) {
            if (e.isMissing()) {
                return List.of(); // Caravan has never run here
            }
            throw e;
        }
    }

    private static boolean isNow(KnownFile file, ListedObject object) {
        String version = file.file().version();
        return version.equals(FileEntry.ANY_VERSION)
                || version.equals(object.object().version());
    }

    private String state(KnownFile known) {
        Optional<BatchRecord> record = reader.find(known.batch());
        return new FileVersion(
                        known,
                        record,
                        record.map(of -> ledger.quarantined(of.batch())).orElse(List.of()),
                        feeds.named(known.file().feed()),
                        Waits.NONE)
                .described(false, false)
                .state();
    }
}
