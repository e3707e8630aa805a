package dev.caravan.pipeline.tabletoredshift.run;

/** The stages of a sync's run, each recorded before it is acted on. */
public final class SyncStages {
    /** Its tables are listed. */
    public static final String PLAN = "plan";
    /** Instances take its tables one by one; each is read, and its parts are sealed in a batch. */
    public static final String EXTRACT = "extract";
    /** Its batches are loaded. */
    public static final String LOAD = "load";

    private SyncStages() {}
}
