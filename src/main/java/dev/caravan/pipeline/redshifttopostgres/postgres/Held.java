package dev.caravan.pipeline.redshifttopostgres.postgres;

import java.time.Instant;
import java.util.Optional;

/**
 * What the target says it holds of a mirror.
 *
 * @param snapshot of which the rows are; {@link #NOTHING} while a first load in chunks has only begun
 * @param signature of the columns that it was written with
 * @param base the snapshot before
 * @param inserted rows by which it differed from the base, like the next two
 * @param appliedAt when, by PostgreSQL's clock
 * @param halfWay which difference is applied in chunks, of which some aren't in: some rows are still those of {@code snapshot}
 */
public record Held(
        String mirror,
        String snapshot,
        String signature,
        String base,
        long inserted,
        long updated,
        long deleted,
        Instant appliedAt,
        Optional<HalfWay> halfWay) {
    /** The snapshot of a target that holds nothing yet. */
    public static final String NOTHING = "";

    /**
     * A difference of which some chunks are in.
     *
     * @param snapshot where it leads
     * @param rows how many of the difference's rows are in, in the order of {@code apply}
     */
    public record HalfWay(String snapshot, long rows) {}

    /** For people: which snapshot this is. */
    public String inWords() {
        String whole = snapshot.equals(NOTHING) ? "nothing" : "snapshot " + snapshot;
        return halfWay.map(half -> whole + ", and is on the way to " + half.snapshot())
                .orElse(whole);
    }
}
