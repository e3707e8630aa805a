package dev.caravan.redshift.failure;

/** S3 doesn't have a file that a feed's COPY needs beside those that it loads: its jsonpaths. No file of a batch is at fault. */
public final class NeededFileMissing extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message names it, with its URL */
    public NeededFileMissing(String message) {
        super(message);
    }
}
