/** Rin's configuration, and the feeds that are made of it. */
@NullMarked
package dev.caravan.migrate.rin;

import org.jspecify.annotations.NullMarked;
