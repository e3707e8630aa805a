package dev.caravan.redshift.evolution;

/** A file has more of something than is looked at. The message says what, as a clause about the file. */
final class LimitExceeded extends RuntimeException {
    private static final long serialVersionUID = 1;

    LimitExceeded(String what) {
        super(what);
    }
}
