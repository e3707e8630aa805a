package dev.caravan.ledger.notes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.dynamo.LedgerActor;
import dev.caravan.ledger.dynamo.LedgerTables;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class PlannedTurnsTest {
    private static final Instant PLANNED = Instant.parse("2026-01-31T03:00:00Z");

    private final DynamoDbClient client = SharedSandbox.get().dynamoDb();
    private final String tables = "turns-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void ofManyInstancesOneTakesATurn_andNobodyAnEarlierOne() {
        LedgerTables.create(client, LedgerActor.settings(tables, "reader"));
        List<PlannedTurns> instances = IntStream.range(0, 8)
                .mapToObj(i -> new PlannedTurns(client, LedgerActor.settings(tables, "instance" + i)))
                .toList();
        assertThat(taken(instances, "job", PLANNED)).isEqualTo(1);
        assertThat(taken(instances, "job", PLANNED)).isZero();
        assertThat(taken(instances, "job", PLANNED.plusSeconds(60))).isEqualTo(1);
        assertThat(taken(instances, "job", PLANNED)).isZero();
        assertThat(taken(instances, "another job", PLANNED)).isEqualTo(1);
    }

    private static long taken(List<PlannedTurns> instances, String job, Instant planned) {
        return instances.parallelStream()
                .filter(turns -> turns.take(job, planned))
                .count();
    }
}
