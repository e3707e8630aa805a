/**
 * Which fields the files of a batch have that their table lacks, for feeds with {@code schemaEvolution: addColumns}. Fed by the files in S3 and the
 * table's columns; feeds {@code load}. Of other feeds nothing here is read or loaded.
 */
@NullMarked
package dev.caravan.redshift.evolution;

import org.jspecify.annotations.NullMarked;
