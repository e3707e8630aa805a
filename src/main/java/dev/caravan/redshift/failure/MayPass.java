package dev.caravan.redshift.failure;

/** The failure may pass by itself, and there is time left to wait for that. */
public class MayPass extends LoadFailure {
    private static final long serialVersionUID = 1L;

    public MayPass(Throwable cause) {
        super(cause);
    }
}
