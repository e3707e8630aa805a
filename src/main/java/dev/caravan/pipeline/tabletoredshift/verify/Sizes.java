package dev.caravan.pipeline.tabletoredshift.verify;

/**
 * What is read and kept at a time.
 *
 * @param coarse the source's rows in a range that is compared as a whole
 * @param fine its rows in a range whose keys are compared
 * @param buckets that keys are dealt into which are no whole numbers
 * @param keyed rows of differing buckets that are kept by key
 * @param shown keys that are named
 */
record Sizes(long coarse, long fine, int buckets, long keyed, int shown) {
    static final Sizes USUAL = new Sizes(1_000_000, 10_000, 65_536, 50_000, 100);
}
