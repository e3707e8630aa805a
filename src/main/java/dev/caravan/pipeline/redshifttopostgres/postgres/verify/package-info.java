/**
 * What rows the target really has, as hashes: all of them for a new base, which is how a mirror goes on without loading its table anew, and counts and sums by
 * buckets for verifying. Fed by SQL expressions that mean the same in Redshift and in PostgreSQL; feeds whoever compares.
 */
@NullMarked
package dev.caravan.pipeline.redshifttopostgres.postgres.verify;

import org.jspecify.annotations.NullMarked;
