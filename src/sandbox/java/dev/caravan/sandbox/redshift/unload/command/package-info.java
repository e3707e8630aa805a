/**
 * An UNLOAD statement, parsed: which query goes where, and each of its options. Fed by the sessions with SQL; feeds the writers of files.
 */
@NullMarked
package dev.caravan.sandbox.redshift.unload.command;

import org.jspecify.annotations.NullMarked;
