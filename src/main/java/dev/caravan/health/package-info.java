/** How the services are that Caravan needs. Fed by whoever calls one; feeds the log, readiness and metrics. */
@NullMarked
package dev.caravan.health;

import org.jspecify.annotations.NullMarked;
