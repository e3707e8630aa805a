/**
 * Runs: executions of a sync, a mirror or an export, and their units, as the ledger keeps them. Fed by pipelines whose work no event brings; feeds whoever takes runs
 * and units up, and who looks at them.
 */
@NullMarked
package dev.caravan.ledger.runs;

import org.jspecify.annotations.NullMarked;
