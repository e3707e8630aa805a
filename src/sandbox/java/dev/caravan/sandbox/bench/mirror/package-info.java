/**
 * What it costs to apply a difference to a table of PostgreSQL, beside other ways to the same rows. Fed by the bench's command; feeds its reader with a table.
 */
@NullMarked
package dev.caravan.sandbox.bench.mirror;

import org.jspecify.annotations.NullMarked;
