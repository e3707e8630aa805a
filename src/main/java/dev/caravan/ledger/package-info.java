/** The durable memory of files and batches in DynamoDB, and its only writer. Fed by the aggregator of the {@code batch} route and by every stage of a load; feeds {@code manifest}, {@code copy} and {@code outcome} with locked batches. */
@NullMarked
package dev.caravan.ledger;

import org.jspecify.annotations.NullMarked;
