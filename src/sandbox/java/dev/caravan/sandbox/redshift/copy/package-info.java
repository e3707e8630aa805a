/**
 * COPY … FROM 's3://…': parses the statement, finds the files, reads records, checks every value as Redshift does and writes
 * PostgreSQL's text format. Fed by the sessions with a statement and the target's columns; feeds the COPY FROM STDIN that is open
 * on the client's own backend connection, and the load tables with what happened.
 *
 * <p>A further format is one class, a {@code RecordReader}; {@code RecordReader.opener} and {@code Format} then name it.
 */
@NullMarked
package dev.caravan.sandbox.redshift.copy;

import org.jspecify.annotations.NullMarked;
