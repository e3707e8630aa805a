/** Tests of what a person reads when the configuration is wrong. */
@NullMarked
package dev.caravan.startup;

import org.jspecify.annotations.NullMarked;
