/** Tests of the whole: layout, words, documents. */
@NullMarked
package dev.caravan;

import org.jspecify.annotations.NullMarked;
