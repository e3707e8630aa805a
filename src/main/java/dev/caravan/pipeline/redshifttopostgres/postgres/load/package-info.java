/**
 * The first rows of a mirror: by COPY into a table that is empty, by a new table in the place of one that isn't, or a bit at a time. Fed by a difference that has
 * all rows of the source as inserts; feeds the mirror's table and {@code caravan.mirrors}, in one transaction.
 */
@NullMarked
package dev.caravan.pipeline.redshifttopostgres.postgres.load;

import org.jspecify.annotations.NullMarked;
