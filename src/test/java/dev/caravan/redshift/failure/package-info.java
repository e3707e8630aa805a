/** Tests of what failures mean, on real messages. */
@NullMarked
package dev.caravan.redshift.failure;

import org.jspecify.annotations.NullMarked;
