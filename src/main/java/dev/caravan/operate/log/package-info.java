/**
 * How a log line is written, whatever its message or its exception says: layouts name {@code %shown}, or the resolver {@code shown}. Fed by log4j, which finds
 * these classes because the compiler notes them; feeds the log.
 */
@NullMarked
package dev.caravan.operate.log;

import org.jspecify.annotations.NullMarked;
