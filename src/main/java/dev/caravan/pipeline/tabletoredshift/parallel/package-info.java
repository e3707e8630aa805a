/**
 * One table read by several connections at once, as it was at one moment. Fed by {@code extract}, whose snapshots they are; feeds the same
 * {@link dev.caravan.pipeline.tabletoredshift.extract.part.PartSink} as one connection would.
 */
@NullMarked
package dev.caravan.pipeline.tabletoredshift.parallel;

import org.jspecify.annotations.NullMarked;
