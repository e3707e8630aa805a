/**
 * What instances leave one another in the ledger beside batches: that they run, holds, pauses, whose turn a planned step is, objects that no feed
 * wants. Fed by routes and commands; feeds them again, on whichever instance.
 */
@NullMarked
package dev.caravan.ledger.notes;

import org.jspecify.annotations.NullMarked;
