package dev.caravan.pipeline.tabletoredshift.verify;

/** How many rows there are, and the sum of their hashes: the same in whatever order they come, and not if one comes twice. */
final class Digest {
    private long rows;
    private long high;
    private long low;

    void add(HashedRow row) {
        rows++;
        high += row.high();
        low += row.low();
    }

    /** What stays if the other side's row is the same. */
    void subtract(HashedRow row) {
        rows--;
        high -= row.high();
        low -= row.low();
    }

    boolean isNothing() {
        return rows == 0 && high == 0 && low == 0;
    }

    long rows() {
        return rows;
    }

    boolean isSame(Digest other) {
        return rows == other.rows && high == other.high && low == other.low;
    }
}
