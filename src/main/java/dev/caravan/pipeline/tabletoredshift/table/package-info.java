/**
 * One table on its way: what it becomes in Redshift, which of its rows are taken, the parts in S3 that they are written into, and how those are loaded. Fed by
 * {@code sync}, a source and its clusters; feeds {@code run} with results.
 */
@NullMarked
package dev.caravan.pipeline.tabletoredshift.table;

import org.jspecify.annotations.NullMarked;
