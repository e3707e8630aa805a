/** Tests of the faults at start. */
@NullMarked
package dev.caravan.startup.check;

import org.jspecify.annotations.NullMarked;
