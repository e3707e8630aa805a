/**
 * Proves on a user's own cluster what Caravan takes for granted of Redshift, and reports it. Fed by the configuration, one cluster and S3; feeds
 * {@code cli.install}.
 */
@NullMarked
package dev.caravan.operate.doctor;

import org.jspecify.annotations.NullMarked;
