/** Hawtio, served by the application itself. Fed by the running routes; feeds a person's browser. */
@NullMarked
package dev.caravan.operate.console;

import org.jspecify.annotations.NullMarked;
