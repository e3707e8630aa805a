/** Tests of what differs between S3, the ledger and a cluster. */
@NullMarked
package dev.caravan.operate.reconcile;

import org.jspecify.annotations.NullMarked;
