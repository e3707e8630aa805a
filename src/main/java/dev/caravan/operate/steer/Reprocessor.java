package dev.caravan.operate.steer;

import dev.caravan.base.Nearest;
import dev.caravan.base.Quantity;
import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.batch.Reprocessing;
import dev.caravan.feed.Feeds;
import dev.caravan.ledger.BatchSteering;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.Ledger;
import dev.caravan.load.manifest.QuarantineOfBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Judges whether batches can be reprocessed, and does it. */
public final class Reprocessor {
    private static final int MOST_WRITES = 100;
    private static final int LOOKED_AT = 1000;

    private final Feeds feeds;
    private final Ledger ledger;
    private final BatchSteering steering;

    public Reprocessor(Feeds feeds, Ledger ledger, BatchSteering steering) {
        this.feeds = feeds;
        this.ledger = ledger;
        this.steering = steering;
    }

    /** A batch as it was judged. */
    public record Plan(
            Batch batch, Reprocessing change, List<QuarantinedFile> returning, List<QuarantinedFile> omitted) {

        /** {@code cluster a}, {@code clusters a, b}, or that there is none. */
        String into() {
            return change.into().isEmpty() ? "no cluster: none of its feed lacks it" : Refused.clusters(change.into());
        }
    }

    /**
     * @param cluster the one whose failure is to be forgotten; empty for all
     * @param omit URLs of files to leave out
     * @throws Refused if it can't be reprocessed, or not so
     */
    public Plan plan(Batch batch, Optional<String> cluster, Set<String> omit) throws Refused {
        var feed = feeds.named(batch.feed());
        if (feed.isEmpty()) {
            throw new Refused("feed " + batch.feed() + " of batch " + batch.id()
                    + " is not configured any more: put it back into routes/feeds.camel.yaml first");
        }
        Reprocessing change = Reprocessing.of(batch, feed.get().clusters(), cluster);
        if (change.hindrance().isPresent()) {
            throw new Refused(change.hindrance().get());
        }
        List<QuarantinedFile> returning = steering.returning(batch, change.into()).stream()
                .filter(file -> !omit.contains(file.file().url()))
                .toList();
        List<QuarantinedFile> aside = ledger.quarantined(batch).stream()
                .filter(file -> !returning.contains(file))
                .toList();
        List<QuarantinedFile> omitted = omitted(batch, change.into(), new QuarantineOfBatch(aside), omit);
        List<QuarantinedFile> all = new ArrayList<>(aside);
        all.addAll(omitted);
        QuarantineOfBatch without = new QuarantineOfBatch(all);
        if (!change.into().isEmpty()
                && change.into().stream().allMatch(name -> without.isRefusedAsAWhole(name, batch.files()))) {
            throw new Refused("batch " + batch.id() + " has no file left for " + Refused.clusters(change.into())
                    + ": " + (batch.files() == 1 ? "its only file is" : "all " + batch.files() + " are")
                    + " set aside; when they can be read, caravan reload <url> loads each");
        }
        return new Plan(batch, change, returning, omitted);
    }

    private List<QuarantinedFile> omitted(Batch batch, List<String> clusters, QuarantineOfBatch aside, Set<String> omit)
            throws Refused {
        if (omit.isEmpty()) {
            return List.of();
        }
        Map<String, List<FileEntry>> found = new LinkedHashMap<>();
        List<String> some = new ArrayList<>();
        ledger.files(batch, file -> {
            if (omit.contains(file.url())) {
                found.computeIfAbsent(file.url(), url -> new ArrayList<>()).add(file);
            } else if (some.size() < LOOKED_AT) {
                some.add(file.url());
            }
        });
        for (String url : omit) {
            if (!found.containsKey(url)) {
                throw new Refused(url + " is not in batch " + batch.id()
                        + Nearest.hint(url, some).map(hint -> ": " + hint).orElse(""));
            }
        }
        List<FileEntry> files = found.values().stream().flatMap(List::stream).toList();
        int most = Math.min(BatchSteering.MOST_OMITTED, MOST_WRITES - 1 - clusters.size());
        if (files.size() > most) {
            throw new Refused(Quantity.count(files.size(), "file") + " can't be omitted at once, but " + most + " can");
        }
        return files.stream()
                .flatMap(file -> clusters.stream()
                        .filter(cluster -> !aside.of(cluster).contains(file))
                        .map(cluster -> QuarantinedFile.omitted(file, cluster, batch.attempt())))
                .toList();
    }

    /** Does it; returns what has happened, for a person. */
    public String reprocess(Plan plan) throws Refused {
        Batch batch = plan.batch();
        try {
            steering.reprocess(
                    steering.release(batch, plan.returning()), plan.change().again(), plan.omitted());
        } catch (Conflict e) {
            throw new Refused(
                    "batch " + batch.id()
                            + " has changed since it was read, or is being deleted: "
                            + (plan.returning().isEmpty()
                                    ? "nothing was done with it"
                                    : "it is not loaded again, and of the files that had been set aside some may be back in it"));
        }
        long without =
                plan.omitted().stream().map(QuarantinedFile::file).distinct().count();
        long back =
                plan.returning().stream().map(QuarantinedFile::file).distinct().count();
        return "batch " + batch.id() + " is locked again: a running instance loads it into " + plan.into()
                + (back == 0 ? "" : ", with " + Quantity.count(back, "file") + " that had been set aside")
                + (without == 0 ? "" : ", without " + Quantity.count(without, "file"))
                + (plan.change().stays().isEmpty()
                        ? ""
                        : "; its failure in " + Refused.clusters(plan.change().stays()) + " stays");
    }
}
