/**
 * The durable memory of files and batches: what can be asked of it and done to it, in words that know nothing of where it is kept. Fed by {@code
 * batch}; implemented by {@code ledger.dynamo} and {@code ledger.notes}, used by everybody who asks or says what became of something.
 */
@NullMarked
package dev.caravan.ledger;

import org.jspecify.annotations.NullMarked;
