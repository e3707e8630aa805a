package dev.caravan.ledger;

import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** DynamoDB can't be reached or goes on refusing. What was asked may or may not have been done; asking again is safe. */
public final class LedgerUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean refusal;

    public LedgerUnavailable(String message, Throwable cause) {
        this(message, cause, false);
    }

    public LedgerUnavailable(String message, Throwable cause, boolean refusal) {
        super(message, cause);
        this.refusal = refusal;
    }

    /** Whether DynamoDB has answered, and refuses for want of a permission, of valid credentials, or of a table. */
    public boolean isRefusal() {
        return refusal;
    }

    /** Whether the ledger has no such table: nobody has loaded anything here yet. */
    public boolean isMissing() {
        return getCause() instanceof ResourceNotFoundException;
    }
}
