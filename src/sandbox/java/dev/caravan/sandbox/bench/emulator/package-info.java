/**
 * The sandbox's AWS in a process of its own, which counts what it is asked. Fed by {@code bench}, which starts it; feeds Caravan with services and
 * {@code bench} with counts.
 */
@NullMarked
package dev.caravan.sandbox.bench.emulator;

import org.jspecify.annotations.NullMarked;
