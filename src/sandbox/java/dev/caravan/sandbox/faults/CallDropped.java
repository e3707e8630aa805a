package dev.caravan.sandbox.faults;

/** A call's connection is to be reset, instead of the call or instead of its answer. */
public final class CallDropped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CallDropped() {
        super("the connection is reset on request", null, false, false);
    }
}
