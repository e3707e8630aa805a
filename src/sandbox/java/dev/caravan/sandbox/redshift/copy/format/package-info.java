/**
 * Files as records: one class for each format that COPY reads. Fed by streams from S3; feeds the writer of rows.
 *
 * <p>A further format is one class, a {@code RecordReader}; {@code RecordReader.opener} and {@code command.Format} then name it.
 */
@NullMarked
package dev.caravan.sandbox.redshift.copy.format;

import org.jspecify.annotations.NullMarked;
