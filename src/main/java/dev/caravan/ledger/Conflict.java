package dev.caravan.ledger;

/** The ledger is not as the caller last saw it; nothing was changed. Read again, then decide anew. */
public final class Conflict extends Exception {
    private static final long serialVersionUID = 1L;

    public Conflict(String message) {
        super(message);
    }
}
