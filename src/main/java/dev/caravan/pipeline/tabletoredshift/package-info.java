/**
 * The pipeline that brings tables of MySQL, MariaDB, Aurora and PostgreSQL into Redshift. In the order of reading: what is to be synced ({@code sync}), what a
 * source has ({@code source}), what becomes of each of its types ({@code type}), up to when a snapshot has everything ({@code watermark}), how hard a source is
 * asked ({@code pace}), how its rows come out ({@code extract}), by several connections if there are many ({@code parallel}), what a table is in Redshift
 * ({@code target}), one table on its way ({@code table}), whether it has arrived ({@code verify}), and runs of all that ({@code run}). Fed by {@code routes/}, the clock and people; feeds the ledger with sealed batches, which {@code load} loads like any other.
 */
@NullMarked
package dev.caravan.pipeline.tabletoredshift;

import org.jspecify.annotations.NullMarked;
