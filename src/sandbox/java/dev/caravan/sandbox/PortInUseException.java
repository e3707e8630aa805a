package dev.caravan.sandbox;

/** A port that the sandbox needs is taken. The message says which, for what, and how to choose another. */
public final class PortInUseException extends RuntimeException {
    PortInUseException(Service service, int port, Throwable cause) {
        super(
                "Port %d, which the sandbox needs for %s, is already in use: stop what listens there, or choose another port with %s N."
                        .formatted(port, service.title(), service.option()),
                cause);
    }
}
