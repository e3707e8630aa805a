/** The words for a batch and its files, and how a file joins a batch. Fed by {@code feed}; feeds {@code ledger}. Knows nothing of AWS. */
@NullMarked
package dev.caravan.batch;

import org.jspecify.annotations.NullMarked;
