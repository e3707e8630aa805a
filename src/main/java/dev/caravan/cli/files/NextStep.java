package dev.caravan.cli.files;

import dev.caravan.base.ShellCommand;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.OverwritePolicy;
import dev.caravan.cli.shell.Page;
import dev.caravan.feed.Feed;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.Ledger.KnownFile;
import java.util.Optional;

/**
 * What a person can do about a file.
 *
 * @param feed its feed, if that is still configured
 * @param paused whether that is paused
 */
record NextStep(KnownFile known, Optional<Feed> feed, boolean paused) {

    /** @return empty if there is nothing to do */
    String after(Optional<BatchRecord> record, boolean quarantined, boolean superseded, boolean overwritten) {
        if (known.isImported()) {
            return "";
        }
        if (record.isEmpty()) {
            return "its batch is no longer in the ledger: look into the table whether its rows are there";
        }
        Batch batch = record.get().batch();
        if (quarantined) {
            return ofQuarantined(batch, overwritten);
        }
        if (superseded) {
            return "nothing: another batch has what the object holds now";
        }
        boolean live = record.get().ended().isEmpty();
        if (live && paused) {
            return "nothing of its feed is loaded before: caravan resume feed "
                    + known.file().feed();
        }
        if (batch.status() == BatchStatus.OPEN) {
            return "nothing: it is loaded at " + Page.time(batch.due()) + " at the latest";
        }
        if (live) {
            return "nothing: it is loaded by itself (caravan describe batch " + batch.id() + " says more)";
        }
        return batch.status() == BatchStatus.COMPLETE
                ? ""
                : "mend what is wrong, then: caravan reprocess batch " + batch.id();
    }

    private String ofQuarantined(Batch batch, boolean overwritten) {
        if (overwritten) {
            return "nothing: the object was overwritten since, and its newer version is loaded by itself";
        }
        boolean skips = feed.map(Feed::onOverwrite).equals(Optional.of(OverwritePolicy.SKIP));
        String wait = batch.status() == BatchStatus.LOCKED ? "when its batch has ended: " : "";
        String reload = ShellCommand.of("caravan", "reload", known.file().url());
        return wait
                + (skips
                        ? "mend the table, or the file and upload it again; then: " + reload
                        : "mend the file and upload it again; or mend the table, then: " + reload);
    }
}
