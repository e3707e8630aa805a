/**
 * Files that are in S3 and were never told of become events. Fed by {@code listing}; feeds the queue, from which running instances take
 * them like any other.
 */
@NullMarked
package dev.caravan.backfill;

import org.jspecify.annotations.NullMarked;
