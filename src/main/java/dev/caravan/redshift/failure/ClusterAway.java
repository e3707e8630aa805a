package dev.caravan.redshift.failure;

/** The cluster as a whole takes no loads for now (it is away, full, or refuses the login), and there is time left to wait for it. */
public final class ClusterAway extends LoadFailure {
    private static final long serialVersionUID = 1L;

    public ClusterAway(Throwable cause) {
        super(cause);
    }
}
