package dev.caravan.pipeline.tabletoredshift.extract;

/** Why a value is refused, before anybody has looked which row it is in: the end of a sentence that begins with the column. */
final class BadValue extends Exception {
    private static final long serialVersionUID = 1;

    BadValue(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
