package dev.caravan.pipeline.tabletoredshift.run;

import dev.caravan.database.Databases;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.Sealing;
import dev.caravan.ledger.runs.Runs;
import dev.caravan.ledger.runs.Units;
import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import dev.caravan.pipeline.tabletoredshift.table.ClusterTables;
import dev.caravan.pipeline.tabletoredshift.table.TableExtraction;
import dev.caravan.work.run.RunSchedule;
import dev.caravan.work.run.RunsHere;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * What the steps of runs are put together from.
 *
 * @param pauses names of syncs of which nothing is done
 * @param tablesAtOnce how many tables an instance reads at a time
 * @param retryFor how long after its planned time a run is tried again
 */
public record SyncRuns(
        Syncs syncs,
        Databases sources,
        ClusterTables clusters,
        Runs runs,
        Units units,
        Ledger ledger,
        S3Client s3,
        Supplier<Set<String>> pauses,
        int tablesAtOnce,
        Duration retryFor,
        SyncMeters meters,
        Clock clock) {

    /** @param here what this instance has of runs */
    public SyncSteps steps(RunsHere here) {
        SealedTables sealed = new SealedTables(ledger, new Sealing(ledger, clock));
        return new SyncSteps(
                syncs,
                runs,
                units,
                here,
                new DueWork(syncs, runs, units, here, new RunSchedule<>(runs, clock), pauses, tablesAtOnce),
                new Planning(syncs, sources),
                new TableExtraction(sources, clusters, s3, units, clock),
                sealed,
                new Finishing(runs, units, here, sealed, s3),
                new Postponing(runs, units, here, retryFor, clock),
                meters,
                clock);
    }
}
