/** Tests of when a batch may be loaded. */
@NullMarked
package dev.caravan.redshift.admission;

import org.jspecify.annotations.NullMarked;
