/**
 * A stand-in for S3, with notifications of created objects. Fed by clients over HTTP; feeds SQS and SNS with events, as promptly and as often as a test
 * wants.
 */
@NullMarked
package dev.caravan.sandbox.aws.s3;

import org.jspecify.annotations.NullMarked;
