/**
 * Which column of Redshift goes to which of PostgreSQL, in which text, and the hash of a row, which both databases make of the same text. Fed by {@code mirror} and by
 * what the databases say of their columns; feeds {@code warehouse} and {@code postgres} with expressions.
 */
@NullMarked
package dev.caravan.pipeline.redshifttopostgres.column;

import org.jspecify.annotations.NullMarked;
