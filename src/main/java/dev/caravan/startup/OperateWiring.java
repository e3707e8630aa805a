package dev.caravan.startup;

import dev.caravan.base.Troubles;
import dev.caravan.batch.Batch;
import dev.caravan.ledger.BatchFilter;
import dev.caravan.ledger.BatchRecord;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.DynamoDbBatchSteering;
import dev.caravan.ledger.notes.HeldForAll;
import dev.caravan.ledger.notes.Presence;
import dev.caravan.ledger.read.FeedAges;
import dev.caravan.ledger.read.FileLookup;
import dev.caravan.ledger.read.LedgerReader;
import dev.caravan.operate.backfill.FeedListing;
import dev.caravan.operate.housekeeping.FeedTables;
import dev.caravan.operate.housekeeping.HousekeepingSteps;
import dev.caravan.operate.housekeeping.SyncTables;
import dev.caravan.operate.jmx.Management;
import dev.caravan.operate.reconcile.BatchComparison;
import dev.caravan.operate.reconcile.ClusterRows;
import dev.caravan.operate.reconcile.DifferenceGauges;
import dev.caravan.operate.reconcile.ReconcileSteps;
import dev.caravan.operate.reconcile.Reconciliation;
import dev.caravan.pipeline.redshifttopostgres.mirror.Mirrors;
import dev.caravan.pipeline.redshifttopostgres.run.MirrorBook;
import dev.caravan.pipeline.s3toredshift.AutoBatches;
import dev.caravan.pipeline.tabletoredshift.run.SyncBook;
import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import dev.caravan.s3.listing.S3Listing;
import dev.caravan.startup.show.Greeting;
import dev.caravan.startup.show.QueueDepths;
import dev.caravan.startup.show.Watching;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;

/** What a person sees and steers, and what runs by the clock beside the loads. */
final class OperateWiring {
    private final Core core;
    private final LedgerParts ledger;
    private final ClusterParts parts;

    OperateWiring(Core core, LedgerParts ledger, ClusterParts parts) {
        this.core = core;
        this.ledger = ledger;
        this.parts = parts;
    }

    void bind(MeterRegistry meters, Syncs syncs) {
        core.bind(
                "housekeepingSteps",
                new HousekeepingSteps(
                        core.feeds(),
                        new FeedTables(feed -> newest(feed.name(), FeedTables.LOOKED_AT)),
                        syncs,
                        new SyncTables(sync -> newest(sync.name(), SyncTables.LOOKED_AT)),
                        parts.clusters(),
                        ledger.planned(),
                        core.clock()));
        core.bind(
                "reconcileSteps",
                new ReconcileSteps(
                        core.feeds(),
                        comparison(),
                        core.settings().reconcileSince(),
                        ledger.planned(),
                        new DifferenceGauges(meters),
                        core.clock()));
    }

    void watch(MeterRegistry meters, AutoBatches batches, Troubles troubles, RedshiftToPostgresWiring mirrored) {
        new Watching(core.context(), core.clock(), meters)
                .watch(
                        core.feeds(),
                        parts.clusters(),
                        batches,
                        troubles,
                        new FeedAges(ledger.dynamoDb(), ledger.settings(), core.clock()),
                        new QueueDepths(
                                core.clients(),
                                core.settings().queue(),
                                core.settings().deadLetterQueue()),
                        ledger.instances(),
                        mirrored.mirrors(),
                        mirrored.book());
    }

    /** What Hawtio shows and does; a batch's history says that it was done there. */
    Management management(AutoBatches batches, Syncs syncs, SyncBook book, Mirrors mirrors, MirrorBook mirrorBook) {
        LedgerSettings own = ledger.settings();
        LedgerSettings settings =
                new LedgerSettings(own.tablePrefix(), "JMX of " + own.owner(), own.lease(), own.keep());
        Management management = new Management(
                core.feeds(),
                ledger.ledger(),
                new LedgerReader(ledger.dynamoDb(), settings),
                ledger.pauses(),
                new HeldForAll(ledger.holds(), ledger.instances()),
                core.settings().noLoadWindows()::endAt,
                batches,
                syncs,
                book,
                mirrors,
                mirrorBook,
                new DynamoDbBatchSteering(ledger.dynamoDb(), settings, core.clock()),
                core.clock());
        core.onceStarted((started, already) -> management.refresh(started));
        return management;
    }

    /** Begins when the routes have started; stops with Camel, after them. */
    Runnable presence() {
        Presence presence = new Presence(ledger.instances(), ledger.unmatched(), Greeting.VERSION);
        core.service(presence);
        return presence::begin;
    }

    private ReconcileSteps.Comparison comparison() {
        FileLookup files = new FileLookup(ledger.dynamoDb(), ledger.settings());
        BatchComparison batches =
                new BatchComparison(ledger.reader(), new ClusterRows(parts.statement(), core::cluster));
        return (feed, since, now, found, proceed) -> {
            try (S3Client s3 = core.clients().s3()) {
                FeedListing listing = new FeedListing(new S3Listing(s3), files, core.feeds());
                new Reconciliation(
                                listing, batches, feed, since, ledger.settings().keep(), now)
                        .run(found, seen -> proceed.run());
            }
        };
    }

    /** Of a feed or a sync. */
    private List<Batch> newest(String name, int most) {
        return ledger.reader()
                .newestFirst(name, BatchFilter.all())
                .limit(most)
                .map(BatchRecord::batch)
                .toList();
    }
}
