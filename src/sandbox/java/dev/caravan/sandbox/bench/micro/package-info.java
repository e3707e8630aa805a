/**
 * JMH benchmarks of what every file goes through without a network: {@code ./caravan bench --micro}. Fed by the product's classes; feeds the
 * figures of {@code docs/explanation/speed.md}.
 */
@NullMarked
package dev.caravan.sandbox.bench.micro;

import org.jspecify.annotations.NullMarked;
