package dev.caravan.sandbox.demo;

/** The demo can't go on; the message says why, for the person who runs it. */
final class DemoFailure extends RuntimeException {
    DemoFailure(String message) {
        super(message);
    }

    DemoFailure(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
