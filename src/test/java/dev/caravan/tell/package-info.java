/** Tests of what a person is told. */
@NullMarked
package dev.caravan.tell;

import org.jspecify.annotations.NullMarked;
