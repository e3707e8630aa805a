package dev.caravan.redshift.failure;

/** The cluster has lost the table in which it notes what is loaded, and no earlier attempt can have loaded the batch: the table is made again, and the batch tried again. */
public final class LedgerTableLost extends LoadFailure {
    private static final long serialVersionUID = 1L;

    public LedgerTableLost(Throwable cause) {
        super(cause);
    }
}
