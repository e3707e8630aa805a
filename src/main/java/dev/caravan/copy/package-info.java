/** The SQL of a load, and what its failures mean. Fed by a locked batch and its manifest; feeds {@code outcome}. */
@NullMarked
package dev.caravan.copy;

import org.jspecify.annotations.NullMarked;
