package dev.caravan.cli.feeds;

import dev.caravan.base.Quantity;
import dev.caravan.operate.backfill.BackfillPlan;
import dev.caravan.operate.backfill.UnknownFiles;
import java.time.Duration;
import java.util.Locale;

/**
 * What a backfill would do, and did.
 *
 * @param prefix {@code s3://bucket/key}, where it looked
 * @param files that the ledger doesn't know
 * @param batchSize files that make a batch complete
 * @param known files that the ledger knows
 * @param forgotten objects older than the ledger's memory
 * @param included whether those are among the files
 * @param archived objects that must be restored before they can be loaded
 * @param sent files whose events are in the queue
 */
record BackfillReport(
        String feed,
        String prefix,
        long files,
        long bytes,
        long batches,
        int batchSize,
        long known,
        long forgotten,
        boolean included,
        long archived,
        double filesPerSecond,
        long seconds,
        long sent) {

    static BackfillReport of(UnknownFiles where, BackfillPlan plan, double rate) {
        return new BackfillReport(
                where.feed().name(),
                "s3://" + where.feed().bucket() + "/" + where.prefix(),
                plan.files(),
                plan.bytes(),
                plan.batches(),
                where.feed().batchSize(),
                plan.known(),
                plan.forgotten(),
                where.forgotten(),
                plan.archived(),
                rate,
                Math.max(1, plan.at(rate).toSeconds()),
                0);
    }

    BackfillReport with(long filesSent) {
        return new BackfillReport(
                feed,
                prefix,
                files,
                bytes,
                batches,
                batchSize,
                known,
                forgotten,
                included,
                archived,
                filesPerSecond,
                seconds,
                filesSent);
    }

    String inWords() {
        String there = known == 0 ? "" : ", " + number(known) + " known already";
        String asleep = archived == 0
                ? ""
                : "\n" + number(archived)
                        + " more are archived (GLACIER, DEEP_ARCHIVE) and left out: restore them, then give the command again";
        asleep = asleep + old();
        if (files == 0) {
            return "Nothing to add to feed " + feed + ": below " + prefix
                    + (known == 0 && forgotten > 0
                            ? " is nothing that it wants and the ledger remembers"
                            : known == 0
                                    ? " are no files that it wants"
                                    : " the ledger knows all " + Quantity.count(known, "file"))
                    + asleep;
        }
        return "feed " + feed + ", " + prefix + ": " + Quantity.count(files, "file") + " (" + Quantity.inBytes(bytes)
                + ") would be added" + there + "\n"
                + Quantity.count(batches, "batch") + " of at most "
                + Quantity.count(batchSize, "file")
                + "; sending takes about " + Quantity.inWords(Duration.ofSeconds(seconds)) + " at "
                + rate() + " a second" + asleep;
    }

    private String old() {
        return forgotten == 0
                ? ""
                : "\n" + Quantity.count(forgotten, "file")
                        + (included
                                ? " of them: older than caravan.ledger.keep, so they come a second time if they were loaded before that"
                                : " more: older than caravan.ledger.keep, so that the ledger may have forgotten that they were loaded; left out,"
                                        + " unless --include-forgotten says otherwise");
    }

    String doneInWords(String queue, Duration took) {
        return Quantity.count(sent, "file") + " sent to " + queue + " in " + Quantity.inWords(took)
                + "; running instances load them: caravan list batches --feed " + feed + " shows how far they are";
    }

    private String rate() {
        return filesPerSecond == Math.rint(filesPerSecond)
                ? Quantity.count((long) filesPerSecond, "file")
                : String.format(Locale.ROOT, "%s files", filesPerSecond);
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
