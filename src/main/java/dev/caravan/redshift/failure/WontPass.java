package dev.caravan.redshift.failure;

/** A file is at fault, or a person has to change something; or it might have passed, and there is no time left. */
public final class WontPass extends LoadFailure {
    private static final long serialVersionUID = 1L;

    public WontPass(Throwable cause) {
        super(cause);
    }
}
