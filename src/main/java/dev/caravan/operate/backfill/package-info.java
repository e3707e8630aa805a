/**
 * Files that are in S3 and were never told of: found beside what the ledger knows, and made events. Fed by {@code s3.listing} and the ledger; feeds
 * the queue, from which running instances take them like any other, and {@code operate.reconcile}.
 */
@NullMarked
package dev.caravan.operate.backfill;

import org.jspecify.annotations.NullMarked;
