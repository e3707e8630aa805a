/** Runs and units on DynamoDB Local. */
@NullMarked
package dev.caravan.ledger.runs;

import org.jspecify.annotations.NullMarked;
