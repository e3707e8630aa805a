/** Tests of what Hawtio shows. */
@NullMarked
package dev.caravan.operate.jmx;

import org.jspecify.annotations.NullMarked;
