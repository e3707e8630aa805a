package dev.caravan.ledger.runs;

/** A run, or a unit, is no longer this instance's: another one took it up after this one was silent for longer than the lease, or it has ended. */
public final class RunLost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RunLost(String what) {
        super(what
                + " is no longer this instance's: its lease ran out and another instance took it up, or it has ended. Nothing"
                + " to do: whoever has it goes on with it");
    }
}
