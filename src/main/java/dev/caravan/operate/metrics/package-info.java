/**
 * What Caravan counts and measures, for Prometheus: names, help texts and units. Fed by the ledger's calls and, when somebody asks, by the ledger,
 * the queues and what is known of clusters and services; feeds {@code /observe/metrics}. Feeds, clusters and services are tags; batches and files
 * never are, for there is no end of them.
 */
@NullMarked
package dev.caravan.operate.metrics;

import org.jspecify.annotations.NullMarked;
