/**
 * The pipeline that brings tables of MySQL, MariaDB, Aurora and PostgreSQL into Redshift: what a source has ({@code source}), what becomes of each of
 * its types ({@code type}), how its rows come out ({@code extract}), what a table is in Redshift ({@code target}), and whether it has the source's rows
 * ({@code verify}).
 */
@NullMarked
package dev.caravan.pipeline.tabletoredshift;

import org.jspecify.annotations.NullMarked;
