/**
 * How hard a source is asked: rows per second, and a halt while it has too much to do. Fed by {@code sync}, which says what is wanted, and by connections of
 * {@code source}; {@code extract} asks it for each row.
 */
@NullMarked
package dev.caravan.pipeline.tabletoredshift.pace;

import org.jspecify.annotations.NullMarked;
