/**
 * Brings a difference into PostgreSQL: its files go by COPY into a temporary table, and from there, as DELETE, UPDATE and INSERT, into the mirror's table, with
 * the new snapshot in {@code caravan.mirrors} in the same transaction. Fed by whoever has made the difference and its files; feeds the mirror's table, and says
 * how many rows were written.
 */
@NullMarked
package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import org.jspecify.annotations.NullMarked;
