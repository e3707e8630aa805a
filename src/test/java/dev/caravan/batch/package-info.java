@NullMarked
package dev.caravan.batch;

import org.jspecify.annotations.NullMarked;
