/** Tests of single steps. */
@NullMarked
package dev.caravan.load;

import org.jspecify.annotations.NullMarked;
