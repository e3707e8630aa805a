package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import dev.caravan.pipeline.redshifttopostgres.postgres.Held;
import java.util.Optional;

/**
 * What leads from one snapshot of a mirror to another.
 *
 * @param base the snapshot that the target must hold; {@link Held#NOTHING} for a mirror that never was there
 * @param snapshot that it holds afterwards
 * @param signature of the columns
 * @param inserts how many rows of each kind the files have
 */
public record Difference(
        String mirror, String base, String snapshot, String signature, long inserts, long updates, long deletes) {
    /** @throws IllegalArgumentException if it leads nowhere */
    public Difference {
        if (mirror.isEmpty() || snapshot.isEmpty() || snapshot.equals(base)) {
            throw new IllegalArgumentException(
                    "a difference of '" + mirror + "' from '" + base + "' to '" + snapshot + "' leads nowhere");
        }
    }

    /** How many rows its files have. */
    public long rows() {
        return inserts + updates + deletes;
    }

    /** Whether the target holds what this leads to. */
    public boolean isIn(Held held) {
        return held.snapshot().equals(snapshot) && held.halfWay().isEmpty();
    }

    /** The ledger's row afterwards. */
    public Held after(Applied applied, Held before) {
        return new Held(
                mirror,
                snapshot,
                signature,
                base,
                applied.inserted(),
                applied.updated(),
                applied.deleted(),
                before.appliedAt(),
                Optional.empty());
    }
}
