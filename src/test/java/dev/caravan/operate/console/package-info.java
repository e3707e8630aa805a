/** Tests of what a browser may see and do. */
@NullMarked
package dev.caravan.operate.console;

import org.jspecify.annotations.NullMarked;
