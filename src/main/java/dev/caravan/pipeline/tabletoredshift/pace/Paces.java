package dev.caravan.pipeline.tabletoredshift.pace;

import java.util.Optional;
import java.util.OptionalInt;

/** What a table's reading is held back by. */
public final class Paces {
    private Paces() {}

    /**
     * Both of them.
     *
     * @param maxRate rows a second; empty for any
     * @param watch of the source; empty if nobody watches it
     */
    public static Pace of(OptionalInt maxRate, Optional<SourceWatch> watch, Patience patience) {
        if (maxRate.isEmpty()) {
            return watch.isPresent() ? watch.get() : Pace.FREE;
        }
        Pace rate = new RowRate(maxRate.getAsInt(), patience);
        return watch.isEmpty()
                ? rate
                : () -> {
                    rate.row();
                    watch.get().row();
                };
    }
}
