/**
 * Where S3, the ledger and the clusters' own ledger tables differ. Fed by {@code operate.backfill}'s listings, the ledger and the clusters; feeds
 * {@code cli.feeds}, metrics and {@code tell} with differences.
 */
@NullMarked
package dev.caravan.operate.reconcile;

import org.jspecify.annotations.NullMarked;
