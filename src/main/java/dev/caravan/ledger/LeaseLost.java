package dev.caravan.ledger;

/** A batch is no longer this instance's: another one took it over after this one was silent for longer than the lease, or an operator unlocked it. */
public final class LeaseLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LeaseLost(String id) {
        super("batch " + id
                + " is no longer this instance's: its lease ran out and another instance took it over, it was"
                + " unlocked, or it has ended. Nothing to do: whoever takes it up next finishes it");
    }
}
