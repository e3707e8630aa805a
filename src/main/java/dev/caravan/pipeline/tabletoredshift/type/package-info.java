/**
 * What becomes of a source's types: the expression that gives a value as exact text, the type that Redshift keeps it in, and what to look at on its way.
 * Fed by {@code source}; feeds {@code extract}, {@code target} and {@code verify}.
 */
@NullMarked
package dev.caravan.pipeline.tabletoredshift.type;

import org.jspecify.annotations.NullMarked;
