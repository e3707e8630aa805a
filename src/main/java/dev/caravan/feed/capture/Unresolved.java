package dev.caravan.feed.capture;

/** A key's captures don't make a table or options. The message says why in words, and for an object or a batch what to do. */
public final class Unresolved extends Exception {
    private static final long serialVersionUID = 1L;

    public Unresolved(String message) {
        super(message);
    }
}
