package dev.caravan.pipeline.redshifttopostgres.postgres.verify;

import dev.caravan.pipeline.redshifttopostgres.postgres.Held;
import java.util.List;
import java.util.Optional;

/**
 * What the target has, in buckets, and which snapshot it said to hold at the same moment.
 *
 * @param held empty if it never held anything
 * @param all that have rows, by their numbers
 */
public record Buckets(Optional<Held> held, List<Bucket> all) {
    public Buckets {
        all = List.copyOf(all);
    }
}
