/** How a cluster is logged in to, and again when it refuses a password. Fed by the pools' settings and {@code base.secret}; feeds the clusters' pools. */
@NullMarked
package dev.caravan.redshift.login;

import org.jspecify.annotations.NullMarked;
