package dev.caravan.startup;

import dev.caravan.database.Databases;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.runs.Runs;
import dev.caravan.ledger.runs.Units;
import dev.caravan.pipeline.tabletoredshift.run.SyncBook;
import dev.caravan.pipeline.tabletoredshift.run.SyncPlanner;
import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import dev.caravan.pipeline.tabletoredshift.table.ClusterTables;
import dev.caravan.pipeline.tabletoredshift.table.TableComparison;
import dev.caravan.redshift.copy.ProgressStatement;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

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
        Syncs syncs, Databases sources, SyncBook book, SyncPlanner planner, TableComparison comparison) {

    static SyncTools of(
            CamelContext context,
            Settings settings,
            Databases sources,
            Function<String, Optional<DataSource>> clusters,
            DynamoDbClient client,
            Clock clock) {
        LedgerSettings own = settings.ledger();
        Syncs syncs = TableToRedshiftWiring.syncs(context, settings);
        ClusterTables tables = new ClusterTables(clusters, new ProgressStatement(settings.clusterSchema()));
        return new SyncTools(
                syncs,
                sources,
                new SyncBook(new Runs(client, own, clock), new Units(client, own, clock), clock),
                new SyncPlanner(syncs, sources, tables),
                new TableComparison(sources, tables));
    }
}
