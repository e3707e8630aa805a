/**
 * {@code ./caravan bench}: what a file costs in time, calls, capacity and money. Fed by the packaged jar, and by the sandbox in a process of its
 * own that counts what it is asked; feeds the figures of {@code docs/explanation/speed.md}.
 */
@NullMarked
package dev.caravan.sandbox.bench;

import org.jspecify.annotations.NullMarked;
