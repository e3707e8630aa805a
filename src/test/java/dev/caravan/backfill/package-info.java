/** Tests of what a backfill sends, and how fast. */
@NullMarked
package dev.caravan.backfill;

import org.jspecify.annotations.NullMarked;
