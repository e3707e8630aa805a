package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import dev.caravan.base.Quantity;
import dev.caravan.pipeline.redshifttopostgres.postgres.Held;
import java.util.ArrayList;
import java.util.List;

/**
 * What was done to the target.
 *
 * @param already whether the target held the snapshot before, so that nothing was changed now: the numbers are what was done then, as far as it is noted
 * @param inserted rows, among them those that were written again
 * @param updated rows, among them those that were adopted
 * @param deleted rows
 * @param adopted rows that somebody else had written, and that are the mirror's now
 * @param writtenAgain rows that had to be updated and that somebody had deleted
 * @param alreadyGone rows that had to be deleted and that somebody had deleted
 */
public record Applied(
        boolean already, long inserted, long updated, long deleted, long adopted, long writtenAgain, long alreadyGone) {
    /** Nothing had to be done. */
    public static final Applied NOTHING = new Applied(false, 0, 0, 0, 0, 0, 0);

    static Applied already(Held held) {
        return new Applied(true, held.inserted(), held.updated(), held.deleted(), 0, 0, 0);
    }

    static Applied soFar(Held held) {
        return new Applied(false, held.inserted(), held.updated(), held.deleted(), 0, 0, 0);
    }

    Applied and(Applied other) {
        return new Applied(
                already,
                inserted + other.inserted,
                updated + other.updated,
                deleted + other.deleted,
                adopted + other.adopted,
                writtenAgain + other.writtenAgain,
                alreadyGone + other.alreadyGone);
    }

    /** How many rows were changed. */
    public long rows() {
        return inserted + updated + deleted;
    }

    /** What a person should hear of, a sentence each: somebody else writes to the mirror's rows. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (adopted > 0) {
            remarks.add(Quantity.count(
                            adopted, "row that somebody else had written is", "rows that somebody else had written are")
                    + " the mirror's now");
        }
        if (writtenAgain > 0) {
            remarks.add(Quantity.count(writtenAgain, "row was", "rows were")
                    + " to be updated, and somebody had deleted them: they were inserted again");
        }
        if (alreadyGone > 0) {
            remarks.add(Quantity.count(alreadyGone, "row was", "rows were")
                    + " to be deleted, and somebody had done so already");
        }
        return remarks;
    }
}
