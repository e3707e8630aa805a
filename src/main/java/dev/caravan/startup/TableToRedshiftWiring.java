package dev.caravan.startup;

import dev.caravan.batch.Batch;
import dev.caravan.batch.LoadSettings;
import dev.caravan.database.Databases;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.runs.Runs;
import dev.caravan.ledger.runs.Units;
import dev.caravan.pipeline.tabletoredshift.run.LoadOfTable;
import dev.caravan.pipeline.tabletoredshift.run.SyncBook;
import dev.caravan.pipeline.tabletoredshift.run.SyncMeters;
import dev.caravan.pipeline.tabletoredshift.run.SyncRuns;
import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.table.ClusterTables;
import dev.caravan.redshift.copy.ProgressStatement;
import dev.caravan.work.Heartbeat;
import dev.caravan.work.run.RunsHere;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;

/** What pipeline {@code table-to-redshift} has of its own: runs of syncs, their tables, and the batches that they seal. */
final class TableToRedshiftWiring {
    private final Core core;
    private final LedgerParts ledger;
    private final Syncs syncs;
    private final Runs runs;
    private final Units units;

    TableToRedshiftWiring(Core core, LedgerParts ledger) {
        this.core = core;
        this.ledger = ledger;
        syncs = syncs(core.context(), core.settings());
        runs = new Runs(ledger.dynamoDb(), ledger.settings(), core.clock());
        units = new Units(ledger.dynamoDb(), ledger.settings(), core.clock());
    }

    /** The sync beans. */
    static Syncs syncs(CamelContext context, Settings settings) {
        return new Syncs(
                () -> context.getRegistry().findByTypeWithName(TableSync.class),
                settings.feedDefaults().bySetting());
    }

    /** The sync beans of this instance. */
    Syncs syncs() {
        return syncs;
    }

    /** What the ledger has of their runs. */
    SyncBook book() {
        return new SyncBook(runs, units, core.clock());
    }

    /** How a batch is loaded; empty if no sync has made it. */
    Optional<LoadSettings> settings(Batch batch) {
        return new LoadOfTable(syncs, units).of(batch);
    }

    void bind(MeterRegistry meters) {
        Settings settings = core.settings();
        RunsHere here = new RunsHere("run or table", runs, units);
        SyncRuns parts = new SyncRuns(
                syncs,
                new Databases(core.context(), settings.loadAtMost()),
                new ClusterTables(core::cluster, new ProgressStatement(settings.clusterSchema())),
                runs,
                units,
                ledger.ledger(),
                core.clients().s3(),
                this::paused,
                settings.tablesAtOnce(),
                settings.retryFor(),
                new SyncMeters(meters),
                core.clock());
        core.bind("syncSteps", parts.steps(here));
        Heartbeat heartbeat = new Heartbeat(
                core.context().getExecutorServiceManager(),
                here.leases(),
                ledger.settings().lease());
        core.service(new ServiceSupport() {
            @Override
            protected void doStop() {
                heartbeat.stop();
                here.handOver(runs, core.clock());
            }
        });
    }

    private Set<String> paused() {
        return ledger.pauses().all().stream().map(FeedPauses.Pause::feed).collect(Collectors.toSet());
    }
}
