/** Tests of what a backfill sends, and how fast. */
@NullMarked
package dev.caravan.operate.backfill;

import org.jspecify.annotations.NullMarked;
