/**
 * COPY … FROM 's3://…': parses the statement, finds the files, reads records, checks every value as Redshift does and writes
 * PostgreSQL's text format. Fed by the sessions with a statement and the target's columns; feeds the COPY FROM STDIN that is open
 * on the client's own backend connection, and the load tables with what happened.
 *
 * <p>{@code command} is the statement, {@code s3} its files, {@code format} their records, {@code value} what becomes of each field; {@code CopyJob}
 * puts them together.
 */
@NullMarked
package dev.caravan.sandbox.redshift.copy;

import org.jspecify.annotations.NullMarked;
