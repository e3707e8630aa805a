/**
 * Rows of one snapshot of a source, as parts of compressed CSV that COPY reads. Fed by {@code type}, {@code watermark}, {@code pace} and a JDBC connection; feeds a
 * {@link dev.caravan.pipeline.tabletoredshift.extract.part.PartSink}, and {@code verify}, which reads the same rows without CSV. A value comes out exactly, or as a policy says and counted, or the extraction ends.
 */
@NullMarked
package dev.caravan.pipeline.tabletoredshift.extract;

import org.jspecify.annotations.NullMarked;
