package dev.caravan.batch;

/**
 * How far a run brings its target, once its batch is loaded: a cluster keeps it, written in the load's own transaction, so that it is never ahead of the
 * rows, and never behind them.
 *
 * @param name what has progress in the target's table, for example a sync's table
 * @param step 1 for the first; a load makes progress from exactly the step before this one, or none
 * @param value what the next run wants to know, for example a watermark; nobody else reads it
 * @param rows how many rows were read from the source for the batch: the cluster copies as many, or nothing is loaded
 */
public record Progress(String name, long step, String value, long rows) {
    /** Bytes of the longest name and value that a cluster keeps. */
    public static final int LONGEST_NAME = 512, LONGEST_VALUE = 4096;

    public Progress {
        if (step < 1 || rows < 0) {
            throw new IllegalArgumentException("progress of " + name + " has step " + step + " and counts " + rows
                    + ": the first step is 1, and a count can't be negative");
        }
    }
}
