/** The shipped routes of {@code table-to-redshift}, from real databases into the sandbox's Redshift. */
@NullMarked
package dev.caravan.routes.sync;

import org.jspecify.annotations.NullMarked;
