/**
 * The command line: all commands by name, and what becomes of a command that fails. Fed by a person and by the settings of the folder in which it
 * is typed; feeds the queues, the ledger, and a terminal. No route runs here. A command is a class, named as it is typed, in the package of what it
 * is about.
 */
@NullMarked
package dev.caravan.cli;

import org.jspecify.annotations.NullMarked;
