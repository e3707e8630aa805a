/**
 * What of a table of PostgreSQL, and of the user's rights, would keep a mirror from being written, or surprise its people. Fed by PostgreSQL's catalog; feeds
 * {@code caravan check}. Changes nothing.
 */
@NullMarked
package dev.caravan.pipeline.redshifttopostgres.postgres.check;

import org.jspecify.annotations.NullMarked;
