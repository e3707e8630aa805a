/** Tests of outcomes. */
@NullMarked
package dev.caravan.outcome;

import org.jspecify.annotations.NullMarked;
