package dev.caravan.load.manifest;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.LoadSettings;
import dev.caravan.batch.OverwritePolicy;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Ledger.KnownFile;
import dev.caravan.outcome.BadRow;
import dev.caravan.outcome.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one batch should do with a file for one cluster, given the versions of its object. COPY can't name a version: it reads what the object holds then.
 * So of an object that was overwritten, one batch loads what it holds now, and once.
 */
final class VersionCheck {
    /** So much may an instance's clock differ from S3's, and S3's word when it created an object from the moment from which it could be read. */
    private static final Duration SKEW = Duration.ofSeconds(2);

    private final Ledger ledger;
    private final Batch batch;
    private final LoadSettings settings;
    private final Map<String, Optional<Other>> others = new HashMap<>();

    VersionCheck(Ledger ledger, Batch batch, LoadSettings settings) {
        this.ledger = ledger;
        this.batch = batch;
        this.settings = settings;
    }

    private record Other(Batch batch, QuarantineOfBatch leftOut) {}

    /** What to do. */
    sealed interface Verdict {
        /** Load it. */
        record Load() implements Verdict {}

        /** Leave it out: another batch has the content. */
        record LeaveOut(QuarantinedFile file) implements Verdict {}

        /** Set it aside: nobody can tell whether the content is in the cluster. */
        record Unclear(QuarantinedFile file) implements Verdict {}

        /** Load nothing of the batch into the cluster until another batch's load is settled. */
        record Wait(String reason) implements Verdict {}
    }

    private static final Verdict LOAD = new Verdict.Load();

    /** @param versions of the object in the batch's feed */
    Verdict of(FileEntry file, String cluster, List<KnownFile> versions) {
        KnownFile self = versions.stream()
                .filter(known -> known.file().version().equals(file.version()))
                .findFirst()
                .orElseGet(() -> new KnownFile(file, batch.id(), Map.of()));
        Optional<KnownFile> newest = versions.stream()
                .filter(other -> KnownFile.BY_AGE.compare(other, self) > 0)
                .filter(other -> !isLeftOutFor(other, self, cluster))
                .max(KnownFile.BY_AGE);
        if (newest.isPresent()) {
            return leaveOut(file, cluster, newest.get().batch(), replacedBy(newest.get()));
        }
        if (settings.onOverwrite() == OverwritePolicy.REPLACE) {
            return LOAD; // its rows are deleted before, whichever load they came from
        }
        for (KnownFile older : versions) {
            Verdict verdict = KnownFile.BY_AGE.compare(older, self) < 0 ? after(older, self, file, cluster) : LOAD;
            if (!verdict.equals(LOAD)) {
                return verdict;
            }
        }
        return LOAD;
    }

    private String replacedBy(KnownFile newer) {
        return "replaced by version " + newer.file().version() + " of the object, "
                + (newer.isImported()
                        ? "which another loader has loaded"
                        : newer.batch().equals(batch.id())
                                ? "which is in the same batch"
                                : "which is in batch " + newer.batch());
    }

    /** Whether a version that seems newer was itself left out for this one: S3 had said which of them the object is. Another cluster's batch may have it now. */
    private boolean isLeftOutFor(KnownFile newer, KnownFile self, String cluster) {
        return other(newer.batch())
                .filter(of -> of.leftOut().isInstead(newer.file(), batch.id(), cluster)
                        || of.leftOut().isInstead(newer.file(), self.batch(), cluster))
                .isPresent();
    }

    private Verdict after(KnownFile older, KnownFile self, FileEntry file, String cluster) {
        Optional<Other> other = older.batch().equals(batch.id()) ? Optional.empty() : other(older.batch());
        if (other.isEmpty()) {
            return LOAD;
        }
        Batch of = other.get().batch();
        Optional<QuarantinedFile> left = other.get().leftOut().leftOut(older.file(), cluster);
        if (of.outcomes().get(cluster) instanceof Outcome.Loaded loaded) {
            return left.isPresent()
                            && ManifestKey.attempt(loaded.manifest())
                                    > left.get().attempt()
                    ? LOAD
                    : afterLoad(older, self, file, of, loaded);
        }
        boolean unsettled = of.status() == BatchStatus.LOCKED
                && !of.pending(List.of(cluster)).isEmpty();
        return unsettled && left.map(aside -> mayBeLoadedYet(aside, of)).orElse(true)
                ? new Verdict.Wait("the object " + file.url() + " has been overwritten, and batch " + of.id()
                        + ", which has its older version, is being loaded: what that reads is to be known first")
                : LOAD;
    }

    /**
     * Whether an attempt of which nobody knows the end may still load a file that later attempts leave out: its instance was thought dead. Of two batches
     * that would wait for one another, the older goes ahead.
     */
    private boolean mayBeLoadedYet(QuarantinedFile left, Batch of) {
        int refused = left.isSuperseded() ? 0 : 1; // whose last attempt is known to have failed
        return left.attempt() - refused > 0 && of.id().compareTo(batch.id()) < 0;
    }

    private Verdict afterLoad(KnownFile older, KnownFile self, FileEntry file, Batch of, Outcome.Loaded loaded) {
        if (settings.onOverwrite() == OverwritePolicy.SKIP) {
            return leaveOut(
                    file,
                    loaded.cluster(),
                    of.id(),
                    "batch " + of.id() + " has loaded the object before, and the feed skips overwritten ones");
        }
        Instant created = self.file().created();
        Optional<Instant> began = began(of, loaded);
        if (!created.isBefore(loaded.at().plus(SKEW))) {
            return LOAD;
        }
        if (began.filter(at -> created.plus(SKEW).isBefore(at)).isPresent()) {
            return leaveOut(
                    file,
                    loaded.cluster(),
                    of.id(),
                    "batch " + of.id() + " has loaded this content: its COPY of the older version began at "
                            + began.get() + ", when the object was overwritten already");
        }
        boolean sameSize = older.file().size() == file.size();
        boolean decided = !batch.only().isEmpty(); // a person has looked, and wants it loaded
        return !sameSize || decided
                ? LOAD // the manifest names the size, and COPY would have failed
                : new Verdict.Unclear(new QuarantinedFile(
                        file,
                        loaded.cluster(),
                        batch.attempt() - 1,
                        new BadRow(
                                file.url(),
                                0,
                                "",
                                "",
                                0,
                                "the object was overwritten, by a content of the same size, while batch " + of.id()
                                        + " loaded its older version: nobody can tell which of the two is in the table."
                                        + " Look there: if the older is, caravan reload adds the newer")));
    }

    /** When the load began whose manifest the cluster holds; empty if that was an earlier attempt, whose beginning nobody noted. */
    private static Optional<Instant> began(Batch of, Outcome.Loaded loaded) {
        return ManifestKey.attempt(loaded.manifest()) == of.attempt()
                ? Optional.of(loaded.at().minusMillis(loaded.millis()))
                : Optional.empty();
    }

    private Verdict leaveOut(FileEntry file, String cluster, String instead, String reason) {
        return new Verdict.LeaveOut(QuarantinedFile.superseded(file, cluster, batch.attempt(), instead, reason));
    }

    private Optional<Other> other(String id) {
        return others.computeIfAbsent(
                id,
                wanted -> ledger.find(wanted)
                        .map(found -> new Other(found, new QuarantineOfBatch(ledger.quarantined(found)))));
    }
}
