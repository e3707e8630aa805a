/**
 * Redshift's dialect made fit for PostgreSQL: enough lexing to split a string into statements and to rewrite what PostgreSQL would
 * refuse. Fed by the text that clients send; feeds the sessions and the COPY parser.
 */
@NullMarked
package dev.caravan.sandbox.redshift.sql;

import org.jspecify.annotations.NullMarked;
