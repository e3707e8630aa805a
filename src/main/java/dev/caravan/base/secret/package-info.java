/**
 * Secrets from Secrets Manager or a file, where the configuration names them. Fed by placeholders in {@code application.properties} and {@code
 * routes/}; feeds whatever needs a secret, and {@code redshift.login} again when a cluster refuses a password.
 */
@NullMarked
package dev.caravan.base.secret;

import org.jspecify.annotations.NullMarked;
