package dev.caravan.sandbox.redshift;

/** Tells a session to reset its client's connection, as a network or a dying server would. */
final class ConnectionReset extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConnectionReset() {
        super("connection reset by a fault rule", null, false, false);
    }
}
