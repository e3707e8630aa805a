/**
 * How secrets are had: from Secrets Manager or a file, when the configuration names them, and again when a cluster refuses a password. Fed by
 * placeholders in {@code application.properties} and routes; feeds {@code startup} and the clusters' pools.
 */
@NullMarked
package dev.caravan.access;

import org.jspecify.annotations.NullMarked;
