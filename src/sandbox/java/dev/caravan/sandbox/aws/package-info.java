/**
 * Stand-ins for S3, SQS, SNS and DynamoDB. Fed by any client that speaks those services' HTTP protocols; S3 feeds SQS and SNS
 * with object-created events, and SNS feeds SQS and HTTP subscribers. Started and stopped by {@code dev.caravan.sandbox.Sandbox}.
 */
@NullMarked
package dev.caravan.sandbox.aws;

import org.jspecify.annotations.NullMarked;
