package dev.caravan.sandbox.aws;

/** The ports of the AWS stand-ins; all must be free. The Data API's needs a cluster, and is started apart. */
public record AwsPorts(int s3, int sqs, int sns, int dynamoDb, int redshiftData) {}
