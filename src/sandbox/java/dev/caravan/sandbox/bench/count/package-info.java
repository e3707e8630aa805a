/**
 * Calls of AWS, counted as AWS bills them, and their prices. Fed by the stand-ins with each call; feeds the figures of {@code bench}.
 */
@NullMarked
package dev.caravan.sandbox.bench.count;

import org.jspecify.annotations.NullMarked;
