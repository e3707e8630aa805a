package dev.caravan.pipeline.tabletoredshift.extract.part;

import java.io.IOException;
import java.io.OutputStream;

/** Where parts go. */
public interface PartSink {
    /**
     * Begins a part.
     *
     * @param number from 1, one more each time; the part before is complete, unless several threads read
     */
    Part open(int number) throws IOException;

    /** One part; exactly one of {@link #complete} and {@link #abandon} is called in the end. */
    interface Part {
        /** Takes its bytes. To close it only says that there are no more. */
        OutputStream stream();

        /** All of it has been written, and it counts from now on. */
        void complete() throws IOException;

        /** It is of no use: nothing of it may be seen. Doesn't throw, for something else has failed. */
        void abandon();
    }
}
