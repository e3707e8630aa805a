package dev.caravan.startup;

import dev.caravan.ledger.ClusterHolds;
import dev.caravan.ledger.FeedPauses;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.DynamoDbLedger;
import dev.caravan.ledger.dynamo.LedgerCalls;
import dev.caravan.ledger.notes.DynamoDbClusterHolds;
import dev.caravan.ledger.notes.DynamoDbFeedPauses;
import dev.caravan.ledger.notes.Instances;
import dev.caravan.ledger.notes.PlannedTurns;
import dev.caravan.ledger.notes.UnmatchedObjects;
import dev.caravan.ledger.read.LedgerReader;
import dev.caravan.operate.metrics.LedgerMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The ledger, as the routes use it.
 *
 * @param dynamoDb the client of all of it; each call is counted
 * @param settings where the tables are, and under which name this instance writes
 */
record LedgerParts(
        DynamoDbClient dynamoDb,
        LedgerSettings settings,
        DynamoDbLedger ledger,
        LedgerReader reader,
        ClusterHolds holds,
        FeedPauses pauses,
        PlannedTurns planned,
        Instances instances,
        UnmatchedObjects unmatched) {

    static LedgerParts of(Core core, MeterRegistry meters) {
        LedgerSettings settings = core.settings().ledger();
        Clock clock = core.clock();
        DynamoDbClient client = core.clients().dynamoDb(new LedgerCalls(new LedgerMeters(meters)));
        return new LedgerParts(
                client,
                settings,
                new DynamoDbLedger(client, settings, clock),
                new LedgerReader(client, settings),
                new DynamoDbClusterHolds(client, settings, clock),
                new DynamoDbFeedPauses(client, settings, clock),
                new PlannedTurns(client, settings),
                new Instances(client, settings, clock),
                new UnmatchedObjects(client, settings, clock));
    }
}
