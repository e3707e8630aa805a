/** Tests of the shipped routes, run in this JVM against the sandbox. Fed by {@code routes/} and {@code application.properties}. */
@NullMarked
package dev.caravan.routes;

import org.jspecify.annotations.NullMarked;
