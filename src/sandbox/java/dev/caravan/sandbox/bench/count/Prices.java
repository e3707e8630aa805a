package dev.caravan.sandbox.bench.count;

/** US$ for a million of each: AWS's list prices in us-east-1, on demand, without free tiers. */
public final class Prices {
    /** When they were looked up. */
    static final String AS_OF = "November 2026";

    static final double DYNAMODB_WRITE_UNIT = 0.625, DYNAMODB_READ_UNIT = 0.125;
    static final double SQS_REQUEST = 0.40;
    static final double S3_PUT = 5.00, S3_GET = 0.40;
    static final double SNS_PUBLISH = 0.50;

    private static final double MILLION = 1e6;

    private Prices() {}

    /** As words. */
    public static String stated() {
        return ("us-east-1, on demand, %s, a million: DynamoDB write unit %s, read unit %s; SQS request %s;"
                        + " S3 PUT %s, GET %s; SNS publish %s")
                .formatted(AS_OF, DYNAMODB_WRITE_UNIT, DYNAMODB_READ_UNIT, SQS_REQUEST, S3_PUT, S3_GET, SNS_PUBLISH);
    }

    /**
     * US$ for a million files, if all cost what these did: the product's calls and, for each event, S3's own request to the queue.
     *
     * @param files that were loaded
     * @param events messages that told of them
     */
    public static double ofMillionFiles(Counted counted, long files, long events) {
        double dollars = counted.writeUnits() * DYNAMODB_WRITE_UNIT / MILLION
                + counted.readUnits() * DYNAMODB_READ_UNIT / MILLION
                + (counted.requests("sqs") + events) * SQS_REQUEST / MILLION
                + counted.s3Reads() * S3_GET / MILLION
                + (counted.calls("s3") - counted.s3Reads()) * S3_PUT / MILLION
                + counted.requests("sns") * SNS_PUBLISH / MILLION;
        return dollars / files * MILLION;
    }
}
