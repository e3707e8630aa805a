/**
 * What has come out of a chaos run: what SQL, the ledger, the queues and messages say, held against the plan. Fed by the clusters, the ledger and
 * what was told; feeds the run's result with findings.
 */
@NullMarked
package dev.caravan.sandbox.chaos.check;

import org.jspecify.annotations.NullMarked;
