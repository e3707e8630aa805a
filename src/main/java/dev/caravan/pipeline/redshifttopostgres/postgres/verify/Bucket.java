package dev.caravan.pipeline.redshifttopostgres.postgres.verify;

import java.math.BigInteger;

/**
 * Rows whose keys fall into the same bucket.
 *
 * @param number which
 * @param rows how many
 * @param sum of their hashes
 */
public record Bucket(long number, long rows, BigInteger sum) {}
