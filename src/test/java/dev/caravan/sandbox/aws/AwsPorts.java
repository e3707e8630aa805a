package dev.caravan.sandbox.aws;

/** The ports of the four AWS stand-ins; all must be free. */
public record AwsPorts(int s3, int sqs, int sns, int dynamoDb) {}
