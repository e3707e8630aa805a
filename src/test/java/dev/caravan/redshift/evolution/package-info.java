@NullMarked
package dev.caravan.redshift.evolution;

import org.jspecify.annotations.NullMarked;
