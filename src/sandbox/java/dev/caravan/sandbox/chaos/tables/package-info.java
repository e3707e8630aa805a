/**
 * Tables of a MariaDB and of a PostgreSQL that are written to while instances sync them, and what of them the clusters have in the end. Fed by the
 * databases of {@code dev.caravan.sandbox.source}; feeds the run with settings, syncs and findings.
 */
@NullMarked
package dev.caravan.sandbox.chaos.tables;

import org.jspecify.annotations.NullMarked;
