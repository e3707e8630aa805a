/**
 * Text that somebody else wrote (keys, values, a service's words), fit for where it is shown: a terminal and a log ({@link dev.caravan.text.Shown}), a
 * command to paste ({@link dev.caravan.text.ShellCommand}), a message ({@link dev.caravan.text.SentText}). Fed by everybody who tells a person something;
 * feeds terminals, logs and queues.
 */
@NullMarked
package dev.caravan.text;

import org.jspecify.annotations.NullMarked;
