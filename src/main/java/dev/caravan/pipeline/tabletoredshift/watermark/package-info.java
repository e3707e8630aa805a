/**
 * How far a table has come, and which rows the next run reads: a bound that no transaction can come in before any more. Fed by {@code source} and a JDBC
 * connection; feeds {@code extract}, whose snapshots are asked for the bound as they begin, and whoever plans a run.
 */
@NullMarked
package dev.caravan.pipeline.tabletoredshift.watermark;

import org.jspecify.annotations.NullMarked;
