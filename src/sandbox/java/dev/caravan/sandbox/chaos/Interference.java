package dev.caravan.sandbox.chaos;

/** What is done to the run from outside, for a while. Either may take its time, and neither may fail. */
interface Interference {
    /** @param where what it is done to: a cluster, a feed, or nothing */
    void begin(String where);

    /** Makes it as it was. Called for each beginning, once. */
    void end(String where);
}
