@NullMarked
package dev.caravan.base;

import org.jspecify.annotations.NullMarked;
