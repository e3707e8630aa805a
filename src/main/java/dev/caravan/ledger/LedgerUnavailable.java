package dev.caravan.ledger;

/** DynamoDB can't be reached or goes on refusing. What was asked may or may not have been done; asking again is safe. */
public final class LedgerUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LedgerUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
