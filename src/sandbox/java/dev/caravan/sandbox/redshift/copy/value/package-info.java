/**
 * Values, checked and converted as Redshift does, in PostgreSQL's text format. Fed by records' fields and the target's columns; feeds the buffer
 * that goes to COPY FROM STDIN, or the load tables with a bad row.
 */
@NullMarked
package dev.caravan.sandbox.redshift.copy.value;

import org.jspecify.annotations.NullMarked;
