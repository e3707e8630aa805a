/** Readiness, as a platform asks for it. Fed by what is known of the services; feeds {@code /observe/health}. */
@NullMarked
package dev.caravan.operate.health;

import org.jspecify.annotations.NullMarked;
