/** The shipped routes of {@code redshift-to-postgres}, from the sandbox's Redshift into a real PostgreSQL. */
@NullMarked
package dev.caravan.routes.mirror;

import org.jspecify.annotations.NullMarked;
