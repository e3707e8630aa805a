package dev.caravan.ledger;

import java.time.Duration;

/** Hears of every call to DynamoDB when it is over. Called by the thread that made it: must be quick and must not throw. */
public interface CallListener {

    /**
     * A call is over, with all of the SDK's own retries.
     *
     * @param operation DynamoDB's name for it, for example {@code UpdateItem}
     * @param step the ledger's step that made it, for example {@code confirm}; {@code other} if it has none
     * @param result what became of it
     * @param took from the call to its end
     * @param capacityUnits read or write units that it used up; 0 if DynamoDB didn't say
     */
    void called(String operation, String step, Result result, Duration took, double capacityUnits);

    /** What became of a call. */
    enum Result {
        /** It was done. */
        OK,
        /** A condition did not hold, so nothing was changed: somebody else was faster. */
        REFUSED,
        /** Anything else. */
        FAILED;

        /** As metrics have it: {@code ok}, {@code refused} or {@code failed}. */
        public String word() {
            return switch (this) {
                case OK -> "ok";
                case REFUSED -> "refused";
                case FAILED -> "failed";
            };
        }
    }
}
