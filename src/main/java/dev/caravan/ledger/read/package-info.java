/**
 * The ledger, read by people and by metrics: from indexes and by pages, so that nothing here may decide what is loaded. Fed by the ledger's tables;
 * feeds {@code cli}, {@code operate} and {@code startup}.
 */
@NullMarked
package dev.caravan.ledger.read;

import org.jspecify.annotations.NullMarked;
