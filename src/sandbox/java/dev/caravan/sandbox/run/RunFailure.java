package dev.caravan.sandbox.run;

/** A run can't go on; the message says why, for the person who started it. */
public final class RunFailure extends RuntimeException {
    public RunFailure(String message) {
        super(message);
    }

    public RunFailure(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
