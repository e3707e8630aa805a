/**
 * What a feed has in S3, beside what the ledger knows of it. Fed by S3's listings and the ledger; feeds {@code backfill}, {@code reconcile}
 * and {@code preflight}.
 */
@NullMarked
package dev.caravan.listing;

import org.jspecify.annotations.NullMarked;
