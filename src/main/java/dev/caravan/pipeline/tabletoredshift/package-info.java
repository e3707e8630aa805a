/**
 * The pipeline that brings tables of MySQL, MariaDB, Aurora and PostgreSQL into Redshift: what a source has ({@code source}), what becomes of each of
 * its types ({@code type}), which rows a run reads ({@code watermark}), and how they come out ({@code extract}).
 */
@NullMarked
package dev.caravan.pipeline.tabletoredshift;

import org.jspecify.annotations.NullMarked;
