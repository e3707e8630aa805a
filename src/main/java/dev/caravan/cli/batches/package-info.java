/**
 * Commands about batches: list, describe, reprocess, unlock, delete. Fed by the ledger; feeds a terminal, and the ledger with what a person wants
 * done.
 */
@NullMarked
package dev.caravan.cli.batches;

import org.jspecify.annotations.NullMarked;
