/**
 * What the routes of a load call, a class per route and a method per step, so that a route reads like the journey. Fed by locked batches; feeds the
 * clusters, the ledger and {@code tell}, and keeps no state of its own that matters.
 */
@NullMarked
package dev.caravan.load;

import org.jspecify.annotations.NullMarked;
