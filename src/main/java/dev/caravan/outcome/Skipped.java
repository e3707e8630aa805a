package dev.caravan.outcome;

import dev.caravan.base.Quantity;
import java.util.List;

/**
 * Rows that COPY has left out of a load that succeeded, because its MAXERROR or IGNOREALLERRORS lets it.
 *
 * @param rows how many
 * @param files of how many files
 * @param first some of those files
 * @param isKnown false if the cluster didn't say
 */
public record Skipped(long rows, long files, List<OfFile> first, boolean isKnown) {
    /** No row. */
    public static final Skipped NONE = new Skipped(0, 0, List.of(), true);

    /** The cluster can't be asked. */
    public static final Skipped UNKNOWN = new Skipped(0, 0, List.of(), false);

    /** A file's rows that were left out, at least one: the first, and how many there are. */
    public record OfFile(BadRow first, long rows) {}

    public Skipped {
        first = List.copyOf(first);
    }

    /** Whether there is nothing to say. */
    public boolean isNone() {
        return rows == 0 && isKnown;
    }

    /** For a person: {@code 3 rows of 1 file skipped}. */
    public String inWords() {
        return isKnown
                ? Quantity.count(rows, "row") + " of " + Quantity.count(files, "file") + " skipped"
                : "how many rows were skipped isn't known, for the cluster didn't say";
    }
}
