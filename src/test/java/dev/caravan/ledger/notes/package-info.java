/** Tests of what instances leave one another. */
@NullMarked
package dev.caravan.ledger.notes;

import org.jspecify.annotations.NullMarked;
