/**
 * What everything else may use: quantities with units, faults of a configuration, the nearest name, and text that somebody else wrote (keys,
 * values, a service's words), fit for where it is shown: a terminal and a log ({@link dev.caravan.base.Shown}), a command to paste ({@link
 * dev.caravan.base.ShellCommand}), a message ({@link dev.caravan.base.SentText}). Fed by everybody; feeds terminals, logs and queues. Knows nothing
 * of Caravan.
 */
@NullMarked
package dev.caravan.base;

import org.jspecify.annotations.NullMarked;
