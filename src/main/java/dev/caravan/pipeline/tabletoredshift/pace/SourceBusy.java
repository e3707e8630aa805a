package dev.caravan.pipeline.tabletoredshift.pace;

import java.io.IOException;

/** A source has more to do than it should have when a table is read ({@code stopAbove}). */
public final class SourceBusy extends IOException {
    private static final long serialVersionUID = 1;

    public SourceBusy(String reason) {
        super(reason);
    }
}
