/** Reads what S3 says. Fed by the bodies of the SQS queue; feeds {@code feed} with one {@link dev.caravan.event.ObjectCreated} for each created object. */
@NullMarked
package dev.caravan.event;

import org.jspecify.annotations.NullMarked;
