/** Caravan's entrance: starts the routes, or runs one command. Fed by the command line, {@code application.properties} and {@code routes/}. */
@NullMarked
package dev.caravan;

import org.jspecify.annotations.NullMarked;
