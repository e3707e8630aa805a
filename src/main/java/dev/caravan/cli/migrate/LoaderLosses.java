package dev.caravan.cli.migrate;

import dev.caravan.cli.shell.Page;
import dev.caravan.feed.Feed;
import dev.caravan.feed.Feeds;
import dev.caravan.migrate.lambdaloader.AuditReport;
import dev.caravan.migrate.lambdaloader.LostFile;
import dev.caravan.operate.backfill.Memory;
import dev.caravan.s3.listing.ListedObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files that the AWS loader lost, and what can be done about each.
 *
 * @param loadable those that are in S3, that a feed wants, and of which Caravan hasn't heard yet
 * @param files all of them but those that Caravan has loaded since
 * @param loadedSince how many that are
 */
record LoaderLosses(List<ListedObject> loadable, List<AuditSummary.Lost> files, int loadedSince) {
    /** S3 says of an object when it began to be written, and tells of it later; clocks differ as well. */
    private static final Duration SOON = Duration.ofMinutes(1);

    static LoaderLosses of(AuditReport report, Feeds feeds, Memory memory, LoadedSince since) {
        List<ListedObject> loadable = new ArrayList<>();
        List<AuditSummary.Lost> files = new ArrayList<>();
        int loadedSince = 0;
        for (LostFile lost : report.lost()) {
            Optional<LoadedSince.Standing> standing = since.of(lost);
            if (standing.filter(LoadedSince.Standing::isLoaded).isPresent()) {
                loadedSince++;
                continue;
            }
            Optional<Feed> feed = lost.object()
                    .flatMap(object -> feeds.match(object.object()).stream()
                            .filter(taker -> !taker.discard())
                            .findFirst());
            Optional<ListedObject> there = lost.object()
                    .filter(object ->
                            !object.archived() && memory.covers(object.object().created()));
            if (feed.isPresent() && there.isPresent() && standing.isEmpty()) {
                loadable.add(there.get());
            }
            files.add(new AuditSummary.Lost(
                    lost.url(),
                    lost.batch().orElse(null),
                    lost.received().orElse(null),
                    lost.object().map(object -> object.object().size()).orElse(null),
                    lost.object().map(object -> object.object().created()).orElse(null),
                    feed.map(Feed::name).orElse(null),
                    note(lost, feed, memory, standing)));
        }
        return new LoaderLosses(loadable, files, loadedSince);
    }

    private static String note(
            LostFile lost, Optional<Feed> feed, Memory memory, Optional<LoadedSince.Standing> standing) {
        List<String> notes = new ArrayList<>(List.of(lost.why()));
        standing.map(LoadedSince.Standing::words).ifPresent(notes::add);
        if (lost.object().isEmpty()) {
            notes.add("S3 has no such object any more");
            return Page.joined(notes);
        }
        ListedObject object = lost.object().get();
        if (lost.received()
                .filter(received -> object.object().created().isAfter(received.plus(SOON)))
                .isPresent()) {
            notes.add("overwritten since");
        }
        if (object.archived()) {
            notes.add("archived: restore it first");
        }
        if (!memory.covers(object.object().created())) {
            notes.add("older than caravan.ledger.keep, so it may have been loaded since and forgotten: caravan backfill"
                    + " --include-forgotten loads it");
        }
        if (feed.isEmpty()) {
            notes.add("no feed wants it");
        }
        return Page.joined(notes);
    }
}
