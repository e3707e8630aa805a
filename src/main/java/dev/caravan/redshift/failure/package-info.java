/**
 * What a failure means: whether it is a file's, a batch's or the cluster's, whether it may pass, and what a person can do. Fed by what drivers,
 * Redshift and S3 say; feeds {@code load} with verdicts and people with advice.
 */
@NullMarked
package dev.caravan.redshift.failure;

import org.jspecify.annotations.NullMarked;
