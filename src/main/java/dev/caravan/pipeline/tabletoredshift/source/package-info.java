/** Tables of a source database and their columns, as its own catalog says. Fed by JDBC connections; feeds {@code type}, {@code watermark}, {@code extract} and {@code target}. */
@NullMarked
package dev.caravan.pipeline.tabletoredshift.source;

import org.jspecify.annotations.NullMarked;
