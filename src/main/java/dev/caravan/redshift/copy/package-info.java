/** The SQL of a load. Fed by a locked batch and its manifest; feeds {@code load}. */
@NullMarked
package dev.caravan.redshift.copy;

import org.jspecify.annotations.NullMarked;
