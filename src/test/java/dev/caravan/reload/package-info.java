/** Tests of what a person reads when the configuration is wrong. */
@NullMarked
package dev.caravan.reload;

import org.jspecify.annotations.NullMarked;
