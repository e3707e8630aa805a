package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import dev.caravan.pipeline.redshifttopostgres.postgres.Held;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetRefused;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Whether the target holds what a difference is from. */
final class Base {
    private Base() {}

    /** What a target without a row holds. */
    static Held nothing(String mirror) {
        return new Held(mirror, Held.NOTHING, "", "", 0, 0, 0, Instant.EPOCH, Optional.empty());
    }

    /** @throws TargetRefused if it holds anything else, in words */
    static void check(Difference difference, Held held) throws TargetRefused {
        boolean onTheWay = held.halfWay()
                .map(half -> half.snapshot().equals(difference.snapshot()))
                .orElse(true);
        if (!held.snapshot().equals(difference.base()) || !onTheWay) {
            String from = difference.base().equals(Held.NOTHING) ? "nothing" : "snapshot " + difference.base();
            throw new TargetRefused("PostgreSQL holds " + held.inWords() + " of " + difference.mirror()
                    + ", and this is the difference from " + from + " to " + difference.snapshot()
                    + ": nothing was changed. "
                    + (onTheWay
                            ? "The next run makes a difference from what PostgreSQL holds"
                            : "Go on with the difference that has begun, or rebase the mirror"));
        }
    }

    /** Somebody else has applied some of it, or all, between two looks: who tries again sees how much. */
    static SQLException taken(Difference difference) {
        return new SQLException(
                "somebody else applies the difference of " + difference.mirror() + " to " + difference.snapshot()
                        + " at the same time",
                "40001");
    }

    static Held halfWay(Difference difference, Held now, Applied applied, long rows) {
        return new Held(
                difference.mirror(),
                now.snapshot(),
                now.signature(),
                now.base(),
                applied.inserted(),
                applied.updated(),
                applied.deleted(),
                now.appliedAt(),
                Optional.of(new Held.HalfWay(difference.snapshot(), rows)));
    }
}
