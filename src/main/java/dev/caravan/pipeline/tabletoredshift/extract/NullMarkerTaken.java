package dev.caravan.pipeline.tabletoredshift.extract;

import java.io.IOException;

/** A value is the same as the mark for NULL: whoever extracts again takes another mark. */
public final class NullMarkerTaken extends IOException {
    private static final long serialVersionUID = 1;

    NullMarkerTaken(String marker) {
        super("A value is " + marker + ", this run's mark for NULL: the next attempt takes another mark");
    }
}
