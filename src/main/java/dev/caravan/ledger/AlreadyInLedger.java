package dev.caravan.ledger;

import dev.caravan.batch.FileEntry;

/** A file that came again: S3 repeats events, and SQS messages. It stays in the batch that it is in, and nothing else happens. */
public final class AlreadyInLedger extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AlreadyInLedger(FileEntry file) {
        super(
                file.url() + " (version " + file.version() + ") is in feed " + file.feed()
                        + "'s ledger already; its event is" + " a repetition",
                null,
                false,
                false);
    }
}
