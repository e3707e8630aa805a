package dev.caravan.pipeline.tabletoredshift.pace;

import java.io.IOException;

/** Says when the next row may be taken from a source. All connections that read one table share one; safe for use by many threads. */
@FunctionalInterface
public interface Pace {
    /** As fast as it goes. */
    Pace FREE = () -> {};

    /**
     * Returns when a row may be taken.
     *
     * @throws IOException if reading is to end, for example because the process stops
     */
    void row() throws IOException;
}
