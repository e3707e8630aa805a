/**
 * Databases to take tables from: the real MariaDB, and a PostgreSQL database beside the sandbox's Redshift. Fed by who starts them, through
 * {@link dev.caravan.sandbox.source.SharedSources} or by themselves; feed tests and the demo with addresses for the drivers.
 */
@NullMarked
package dev.caravan.sandbox.source;

import org.jspecify.annotations.NullMarked;
