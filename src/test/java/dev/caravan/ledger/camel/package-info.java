/** Tests of the aggregator on the ledger, against DynamoDB Local. */
@NullMarked
package dev.caravan.ledger.camel;

import org.jspecify.annotations.NullMarked;
