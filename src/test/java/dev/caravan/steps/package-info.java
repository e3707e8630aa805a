/** Tests of single steps. */
@NullMarked
package dev.caravan.steps;

import org.jspecify.annotations.NullMarked;
