/**
 * The rows of an empty table, by COPY straight into it. Fed by a difference that has only inserts; feeds the mirror's table and {@code caravan.mirrors}, in one
 * transaction.
 */
@NullMarked
package dev.caravan.pipeline.redshifttopostgres.postgres.load;

import org.jspecify.annotations.NullMarked;
