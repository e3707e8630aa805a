/**
 * A COPY statement, parsed: what it loads from where, and each of its options. Fed by the sessions with SQL; feeds the readers of files and the
 * writers of values.
 */
@NullMarked
package dev.caravan.sandbox.redshift.copy.command;

import org.jspecify.annotations.NullMarked;
