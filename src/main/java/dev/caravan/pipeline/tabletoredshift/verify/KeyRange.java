package dev.caravan.pipeline.tabletoredshift.verify;

import java.math.BigInteger;
import java.util.Optional;

/**
 * Rows by their key, a whole number.
 *
 * @param from the smallest; empty for all that are smaller than {@code below}, and those without a key
 * @param below all of it are smaller; empty for no end
 */
record KeyRange(Optional<BigInteger> from, Optional<BigInteger> below) {
    static final KeyRange ALL = new KeyRange(Optional.empty(), Optional.empty());

    /** A condition, in anybody's SQL; empty for all rows. */
    String condition(String column) {
        String least = from.map(key -> column + " >= " + key).orElse("");
        String most = below.map(key -> column + " < " + key).orElse("");
        if (from.isPresent()) {
            return most.isEmpty() ? least : least + " AND " + most;
        }
        return most.isEmpty() ? "" : "(" + most + " OR " + column + " IS NULL)";
    }

    /** For people. */
    String shown(String column) {
        if (from.isEmpty() && below.isEmpty()) {
            return "all rows";
        }
        return column
                + from.map(key -> " from " + key).orElse("")
                + below.map(key -> " to " + key.subtract(BigInteger.ONE)).orElse("");
    }
}
