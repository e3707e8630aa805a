/** How the services are that Caravan needs, and what they say when they refuse. Fed by whoever calls one; feeds the log, readiness, metrics and people. */
@NullMarked
package dev.caravan.health;

import org.jspecify.annotations.NullMarked;
