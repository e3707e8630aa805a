@NullMarked
package dev.caravan.evolution;

import org.jspecify.annotations.NullMarked;
