/** Tests of the ledger, against DynamoDB Local. */
@NullMarked
package dev.caravan.ledger.dynamo;

import org.jspecify.annotations.NullMarked;
