/**
 * What the routes of {@code routes/s3-to-redshift/} call that are this pipeline's own: an event is received, its object matched to a feed and its
 * file joined to a batch, or it is parked. Fed by the routes' exchanges; feeds {@code ledger.camel}.
 */
@NullMarked
package dev.caravan.pipeline.s3toredshift;

import org.jspecify.annotations.NullMarked;
