/** Tests of names, options and hooks. */
@NullMarked
package dev.caravan.redshift.target;

import org.jspecify.annotations.NullMarked;
