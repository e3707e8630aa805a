/**
 * Proves on a user's own cluster what Caravan takes for granted of Redshift. Fed by the configuration, one cluster and S3; feeds {@code cli}. What it
 * runs is the SQL of real loads, in a schema of its own.
 */
@NullMarked
package dev.caravan.doctor;

import org.jspecify.annotations.NullMarked;
