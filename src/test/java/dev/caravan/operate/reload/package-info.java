/** Tests of what a person reads when the configuration is wrong. */
@NullMarked
package dev.caravan.operate.reload;

import org.jspecify.annotations.NullMarked;
