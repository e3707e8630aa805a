package dev.caravan.startup;

import dev.caravan.database.Databases;
import dev.caravan.pipeline.tabletoredshift.run.SyncBook;
import dev.caravan.pipeline.tabletoredshift.run.SyncPlanner;
import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import dev.caravan.pipeline.tabletoredshift.table.TableComparison;

/**
 * What commands about syncs work with.
 *
 * @param syncs those of this folder's routes
 * @param sources the databases that tables are taken from
 * @param book what the ledger has of their runs
 * @param planner says what runs of them would do
 * @param comparison says whether clusters have what sources have
 */
public record SyncTools(
        Syncs syncs, Databases sources, SyncBook book, SyncPlanner planner, TableComparison comparison) {}
