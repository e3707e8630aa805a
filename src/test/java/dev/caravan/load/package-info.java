/** Tests of when a batch may be loaded. */
@NullMarked
package dev.caravan.load;

import org.jspecify.annotations.NullMarked;
