package dev.caravan.sandbox.bench;

import java.util.Arrays;
import java.util.Collection;

/** Percentiles of measured values, each a value that was measured: the smallest that so many are not above. */
final class Percentiles {
    private final double[] sorted;

    /** Throws {@link IllegalArgumentException} if nothing was measured. */
    Percentiles(Collection<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values, so no percentiles");
        }
        sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
    }

    /** @param percent above 0, at most 100 */
    double at(double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }

    double median() {
        return at(50);
    }
}
