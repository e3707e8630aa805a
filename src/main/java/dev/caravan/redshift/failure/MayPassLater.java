package dev.caravan.redshift.failure;

/** As {@link MayPass}; but the load has taken so long that it is no hiccup which a repetition on the spot would mend. */
public final class MayPassLater extends MayPass {
    private static final long serialVersionUID = 1L;

    public MayPassLater(Throwable cause) {
        super(cause);
    }
}
