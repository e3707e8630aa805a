/** Tests of the ledger and of the aggregation repository on it, against DynamoDB Local. */
@NullMarked
package dev.caravan.ledger;

import org.jspecify.annotations.NullMarked;
