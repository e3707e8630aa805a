/** What rows are written into: parts, and how they are compressed. Fed by {@code extract}; feeds whoever keeps parts, as {@code table} does in S3. */
@NullMarked
package dev.caravan.pipeline.tabletoredshift.extract.part;

import org.jspecify.annotations.NullMarked;
