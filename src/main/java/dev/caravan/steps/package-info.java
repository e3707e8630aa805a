/**
 * What the routes of {@code routes/s3-to-redshift/} call, a class per route and a method per step, so that a route reads like
 * the journey. Fed by the routes' exchanges; feeds every other package, and keeps no state of its own that matters.
 */
@NullMarked
package dev.caravan.steps;

import org.jspecify.annotations.NullMarked;
