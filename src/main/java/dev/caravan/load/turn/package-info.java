/**
 * When a copy's turn comes: one at a time for each table in a cluster. Fed by route {@code copy}; feeds the same route again once it may go on, or
 * hands the batch back if nobody wants it loaded any more.
 */
@NullMarked
package dev.caravan.load.turn;

import org.jspecify.annotations.NullMarked;
