package dev.caravan.sandbox.bench.count;

/**
 * Calls of one operation for one purpose.
 *
 * @param service {@code dynamodb}, {@code sqs}, {@code s3} or {@code sns}
 * @param operation the service's name for it
 * @param step the ledger's step that made a call to DynamoDB; else service and operation
 * @param calls all of them, also those that were refused
 * @param refused those that DynamoDB answered with an error, for example because a condition did not hold
 * @param units capacity that DynamoDB says it used up; it doesn't say so of refused ones
 * @param requests what SQS and SNS bill: one for each 64 KB begun, of the call or of its answer
 */
public record Calls(
        String service, String operation, String step, long calls, long refused, double units, long requests) {
    /** Nothing yet. */
    static Calls none(String service, String operation, String step) {
        return new Calls(service, operation, step, 0, 0, 0, 0);
    }

    Calls plus(Calls more) {
        return new Calls(
                service,
                operation,
                step,
                calls + more.calls,
                refused + more.refused,
                units + more.units,
                requests + more.requests);
    }
}
