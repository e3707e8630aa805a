package dev.caravan.sandbox.redshift.fault;

/** Tells a session to reset its client's connection, as a network or a dying server would. */
public final class ConnectionReset extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConnectionReset() {
        super("connection reset by a fault rule", null, false, false);
    }
}
