/**
 * The files of an UNLOAD, each written to a disk first: rows of a result in, text, JSON or Parquet out. Fed by {@code unload} with rows; feeds it with
 * finished files.
 */
@NullMarked
package dev.caravan.sandbox.redshift.unload.file;

import org.jspecify.annotations.NullMarked;
