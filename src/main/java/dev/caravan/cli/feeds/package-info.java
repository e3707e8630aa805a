/**
 * Commands about feeds: list, describe, pause, resume, flush, backfill, reconcile. Fed by the feeds, the ledger and S3; feeds a terminal, the
 * ledger and the queue.
 */
@NullMarked
package dev.caravan.cli.feeds;

import org.jspecify.annotations.NullMarked;
