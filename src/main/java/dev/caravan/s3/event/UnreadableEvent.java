package dev.caravan.s3.event;

/** An event that can't be understood, so that it has to be parked. The message says what is wrong with it and shows the part. */
public final class UnreadableEvent extends Exception {
    private static final int SHOWN = 200;

    /**
     * @param problem what is wrong, a clause without a full stop
     * @param part the offending part of the event; at most its first 200 characters are shown
     */
    UnreadableEvent(String problem, String part) {
        super(problem + ": " + shorten(part));
    }

    private static String shorten(String part) {
        if (part.codePointCount(0, part.length()) <= SHOWN) {
            return part;
        }
        return part.substring(0, part.offsetByCodePoints(0, SHOWN - 1)) + "…";
    }
}
