package dev.caravan.pipeline.tabletoredshift.parallel;

import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Ranges of a table's key that have each of its rows once, whatever its keys are: the first has no beginning, and the last no end. */
final class KeyRanges {
    private KeyRanges() {}

    /**
     * Conditions in the source's SQL.
     *
     * @param name the column's, in quotes; it is never NULL
     * @param extent about, of its values
     * @param most how many ranges; of few values there are fewer
     */
    static List<String> of(String name, Snapshot.Extent extent, int most) {
        BigInteger width = extent.most().subtract(extent.least()).add(BigInteger.ONE);
        int number = width.min(BigInteger.valueOf(most)).intValue();
        List<String> ranges = new ArrayList<>();
        String from = "";
        for (int i = 1; i < number; i++) {
            BigInteger bound =
                    extent.least().add(width.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(number)));
            ranges.add(from + name + " < " + bound);
            from = name + " >= " + bound + " AND ";
        }
        ranges.add(from.isEmpty() ? "" : from.substring(0, from.length() - " AND ".length()));
        return ranges;
    }
}
