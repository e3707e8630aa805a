package dev.caravan.startup;

import dev.caravan.base.Troubles;
import dev.caravan.batch.BatchStrategy;
import dev.caravan.ledger.camel.DynamoDbAggregationRepository;
import dev.caravan.ledger.notes.EventTests;
import dev.caravan.ledger.read.LedgerLook;
import dev.caravan.load.LoadMeters;
import dev.caravan.pipeline.s3toredshift.AutoBatches;
import dev.caravan.pipeline.s3toredshift.BatchSteps;
import dev.caravan.pipeline.s3toredshift.ParkSteps;
import dev.caravan.pipeline.s3toredshift.ReceiveSteps;
import dev.caravan.redshift.admission.ClusterSlices;
import dev.caravan.s3.intake.Backpressure;
import dev.caravan.s3.intake.GroupedDeletes;
import dev.caravan.s3.intake.LongPolls;
import dev.caravan.s3.intake.QueuePolling;

/** What pipeline {@code s3-to-redshift} has of its own: events are received, and their files join batches. */
final class S3ToRedshiftWiring {
    private final Core core;
    private final LedgerParts ledger;
    private final LongPolls polls;
    private final QueuePolling polling;
    private final Troubles troubles;

    S3ToRedshiftWiring(Core core, LedgerParts ledger, Troubles troubles) {
        this.core = core;
        this.ledger = ledger;
        this.troubles = troubles;
        polls = new LongPolls(core.clients().sqs());
        polling = new QueuePolling(troubles, polls);
    }

    /** What the queue's consumer meets. */
    QueuePolling polling() {
        return polling;
    }

    /** The aggregator's repository, of which routes {@code batch} and {@code load} live. */
    DynamoDbAggregationRepository repository(ClusterParts parts) {
        DynamoDbAggregationRepository repository = new DynamoDbAggregationRepository(
                ledger.ledger(), parts.clusters(), troubles, core.clock(), ledger.settings());
        repository.setRecoveryInterval(core.settings().scanInterval().toMillis());
        repository.leaveIf(parts.loads()::hanging);
        return repository;
    }

    AutoBatches autoBatches() {
        return new AutoBatches(
                ledger.reader()::newest,
                ledger.reader()::newestComplete,
                new ClusterSlices(core::cluster, core.clock()),
                core.context()
                        .getExecutorServiceManager()
                        .newSingleThreadExecutor(S3ToRedshiftWiring.class, "CaravanBatchSizes"),
                core.clock());
    }

    void bind(AutoBatches batches, LoadMeters meters) {
        core.bind("batchStrategy", new BatchStrategy(core.clock()));
        core.bind("backpressure", new Backpressure(troubles, new LedgerLook(ledger.dynamoDb(), ledger.settings())));
        core.bind("longPolls", polls);
        GroupedDeletes deletes = new GroupedDeletes(core.clients().sqs(), polls);
        core.service(deletes);
        core.bind("queueClient", deletes.client());
        core.bind("queuePolling", polling);
        core.bind("receiveSteps", new ReceiveSteps());
        core.bind(
                "batchSteps",
                new BatchSteps(
                        core.feeds(),
                        ledger.ledger(),
                        batches,
                        meters,
                        new EventTests(ledger.dynamoDb(), ledger.settings(), core.clock()),
                        ledger.unmatched(),
                        core.settings().parkUnmatched()));
        core.bind("parkSteps", new ParkSteps());
    }
}
