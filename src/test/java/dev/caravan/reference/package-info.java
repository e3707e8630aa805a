/** What of the reference is written from the code: the tests compare it, and write it anew with {@code -Dwrite.docs=true}. */
@NullMarked
package dev.caravan.reference;

import org.jspecify.annotations.NullMarked;
