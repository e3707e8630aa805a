package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

/**
 * Rows of the difference, by their numbers.
 *
 * @param after the number of the row before the first
 * @param upTo the number of the last
 */
record Slice(long after, long upTo) {
    /** All rows, which needn't have numbers. */
    static final Slice ALL = new Slice(0, Long.MAX_VALUE);

    Slice next(long size, long rows) {
        return new Slice(upTo, Math.min(rows, upTo + size));
    }

    /** A condition of the temporary table, which is called d. */
    String sql() {
        return equals(ALL) ? "" : " AND d.n > " + after + " AND d.n <= " + upTo;
    }
}
