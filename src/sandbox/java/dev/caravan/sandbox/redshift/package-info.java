/**
 * A Redshift to test against: PostgreSQL behind a gateway that speaks to the real Redshift driver and to psql, runs
 * {@code COPY … FROM 's3://…'} in the client's own transaction, and fails on request. Fed by JDBC and psql clients, by S3 through
 * an SDK client, and by fault rules; feeds nothing but the tests and the sandbox that start it.
 *
 * <p>{@link dev.caravan.sandbox.redshift.RedshiftServer} is the way in. Read {@code Session} next.
 */
@NullMarked
package dev.caravan.sandbox.redshift;

import org.jspecify.annotations.NullMarked;
