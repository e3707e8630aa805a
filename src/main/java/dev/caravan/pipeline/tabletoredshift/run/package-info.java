/**
 * Runs of syncs: when one begins, its tables, the parts of each, the batches that load them, how it ends. Fed by {@code sync}, the clock and people; feeds the
 * ledger with runs, units and sealed batches, which {@code load} loads like any other.
 */
@NullMarked
package dev.caravan.pipeline.tabletoredshift.run;

import org.jspecify.annotations.NullMarked;
