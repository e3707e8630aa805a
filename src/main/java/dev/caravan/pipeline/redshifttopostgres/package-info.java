/**
 * The pipeline that keeps tables of Redshift in PostgreSQL by difference: a mirror is one table of Redshift that stands in one table of PostgreSQL. Fed by
 * clusters and the clock; feeds PostgreSQL, which alone says which snapshot it holds ({@code postgres}).
 */
@NullMarked
package dev.caravan.pipeline.redshifttopostgres;

import org.jspecify.annotations.NullMarked;
