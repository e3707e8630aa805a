/**
 * S3 as COPY reads it: URLs, keys, objects, envelopes around encrypted ones, and the errors that say what couldn't be read. Fed by a statement's URLs
 * and keys; feeds the rest of {@code copy} with streams.
 */
@NullMarked
package dev.caravan.sandbox.redshift.copy.s3;

import org.jspecify.annotations.NullMarked;
