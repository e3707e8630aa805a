/**
 * Whether a table in Redshift has the rows of its source. Fed by a {@code Snapshot} of the source, read as an extraction reads it, and a connection to the
 * cluster; feeds whoever shows what differs. It writes nothing.
 */
@NullMarked
package dev.caravan.pipeline.tabletoredshift.verify;

import org.jspecify.annotations.NullMarked;
