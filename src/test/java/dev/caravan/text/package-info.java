@NullMarked
package dev.caravan.text;

import org.jspecify.annotations.NullMarked;
