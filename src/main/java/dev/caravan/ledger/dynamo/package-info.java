/**
 * The ledger's files, batches and entries in DynamoDB, and their only writer. Fed by {@code ledger.camel}, which adds files, and by every stage of
 * a load; feeds {@code load} with locked batches.
 */
@NullMarked
package dev.caravan.ledger.dynamo;

import org.jspecify.annotations.NullMarked;
