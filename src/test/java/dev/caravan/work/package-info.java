/** What is taken up stays taken up while its instance lives. */
@NullMarked
package dev.caravan.work;

import org.jspecify.annotations.NullMarked;
