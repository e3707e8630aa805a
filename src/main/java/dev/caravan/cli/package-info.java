/**
 * The command line: a class per command, named as it is typed, listed in {@link dev.caravan.cli.Commands}. Fed by a person and by
 * the settings of the folder in which it is typed; feeds the queues, the ledger, and a terminal. No route runs here.
 */
@NullMarked
package dev.caravan.cli;

import org.jspecify.annotations.NullMarked;
