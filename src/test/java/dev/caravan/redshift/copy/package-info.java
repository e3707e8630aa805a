/** Tests of the SQL of a load. */
@NullMarked
package dev.caravan.redshift.copy;

import org.jspecify.annotations.NullMarked;
