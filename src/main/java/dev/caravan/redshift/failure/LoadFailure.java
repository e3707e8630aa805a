package dev.caravan.redshift.failure;

/** A step of a load has failed, and it is known what follows from that: {@code errors.camel.yaml} has a clause for each of its kinds. It has the words of its cause. */
public abstract class LoadFailure extends Exception {
    private static final long serialVersionUID = 1L;

    LoadFailure(Throwable cause) {
        super(cause.getMessage(), cause);
    }
}
