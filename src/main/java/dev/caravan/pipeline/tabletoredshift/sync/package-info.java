/**
 * What is to be synced: the beans that a person writes, and which of them takes a table. Fed by {@code routes/*.camel.yaml} through Camel; feeds {@code run}.
 */
@NullMarked
package dev.caravan.pipeline.tabletoredshift.sync;

import org.jspecify.annotations.NullMarked;
