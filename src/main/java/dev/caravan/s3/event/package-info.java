/**
 * Reads what S3 says. Fed by the bodies of the SQS queue; feeds {@code feed} with one {@link dev.caravan.s3.event.ObjectCreated} for each created
 * object.
 */
@NullMarked
package dev.caravan.s3.event;

import org.jspecify.annotations.NullMarked;
