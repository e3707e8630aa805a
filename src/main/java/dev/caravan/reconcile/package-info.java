/**
 * Where S3, the ledger and the clusters' own ledger tables differ. Fed by {@code listing}, the ledger and the clusters; feeds {@code cli},
 * {@code steps} and {@code message} with differences.
 */
@NullMarked
package dev.caravan.reconcile;

import org.jspecify.annotations.NullMarked;
