package dev.caravan.startup;

import dev.caravan.database.Databases;
import dev.caravan.ledger.runs.Runs;
import dev.caravan.pipeline.redshifttopostgres.mirror.Mirrors;
import dev.caravan.pipeline.redshifttopostgres.run.MirrorBook;
import java.time.Clock;
import org.apache.camel.CamelContext;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What commands about mirrors work with.
 *
 * @param mirrors those of this folder's routes
 * @param targets the databases that mirrors stand in
 * @param book what the ledger has of their runs
 */
public record MirrorTools(Mirrors mirrors, Databases targets, MirrorBook book) {

    static MirrorTools of(
            CamelContext context, Settings settings, Databases targets, DynamoDbClient client, Clock clock) {
        return new MirrorTools(
                RedshiftToPostgresWiring.mirrors(context, settings),
                targets,
                new MirrorBook(new Runs(client, settings.ledger(), clock), clock));
    }
}
