/** Tests of what is made of the metrics. */
@NullMarked
package dev.caravan.operate.metrics;

import org.jspecify.annotations.NullMarked;
