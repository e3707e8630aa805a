package dev.caravan.sandbox.aws.proxy;

import java.util.Locale;

/** The services that have a proxy. */
enum AwsService {
    DYNAMODB,
    S3,
    SQS,
    SNS,
    REDSHIFT_DATA;

    /** As a rule's text names it. */
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
