/**
 * Camel's aggregator on the ledger: files join batches in one write each, batches are locked when they are due, and what an instance owned is taken
 * over when it dies. Fed by route {@code batch}; feeds route {@code load} through the aggregator.
 */
@NullMarked
package dev.caravan.ledger.camel;

import org.jspecify.annotations.NullMarked;
