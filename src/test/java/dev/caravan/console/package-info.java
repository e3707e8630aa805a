/** Tests of what a browser may see and do. */
@NullMarked
package dev.caravan.console;

import org.jspecify.annotations.NullMarked;
