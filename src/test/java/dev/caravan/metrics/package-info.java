/** Tests of what is made of the metrics. */
@NullMarked
package dev.caravan.metrics;

import org.jspecify.annotations.NullMarked;
