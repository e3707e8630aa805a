/** What became of a batch in each cluster. Fed by {@code copy}; feeds {@code ledger} and {@code message}. */
@NullMarked
package dev.caravan.outcome;

import org.jspecify.annotations.NullMarked;
