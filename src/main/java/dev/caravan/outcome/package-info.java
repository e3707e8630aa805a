/** What became of a batch in each cluster. Fed by {@code load}; feeds {@code ledger} and {@code tell}. */
@NullMarked
package dev.caravan.outcome;

import org.jspecify.annotations.NullMarked;
