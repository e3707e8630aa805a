package dev.caravan.redshift.failure;

/** The cluster holds the batch: an earlier attempt was committed. */
public final class AlreadyLoaded extends LoadFailure {
    private static final long serialVersionUID = 1L;

    public AlreadyLoaded(Throwable cause) {
        super(cause);
    }
}
