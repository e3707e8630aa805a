/**
 * What a mirror's table is in PostgreSQL, and which snapshot it holds: {@link dev.caravan.pipeline.redshifttopostgres.postgres.TargetLedger} is a table in
 * PostgreSQL itself, and changes only in the transaction that changes the rows. Fed by a plain JDBC connection of PostgreSQL's driver; feeds {@code apply},
 * {@code load}, {@code verify} and {@code check}, and whoever makes the next difference, which is always against the snapshot that PostgreSQL says.
 */
@NullMarked
package dev.caravan.pipeline.redshifttopostgres.postgres;

import org.jspecify.annotations.NullMarked;
