package dev.caravan.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.DynamoDbLedger;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** What a batch that is tried later gives as the reason. */
class LoadStepsTest {
    private final DynamoDbLedger ledger = new DynamoDbLedger(
            SharedSandbox.get().dynamoDb(),
            new LedgerSettings("reasons", "me", Duration.ofMinutes(1), Duration.ofDays(1)),
            Clock.systemUTC());

    @Test
    void aPostponementHasItsOwnReason_orSaysThatNothingWasTried() throws Exception {
        ledger.createTables();
        Instant now = Instant.now();
        FileEntry file = new FileEntry("web", "s3://landing/web/" + now, "v1", 10, now);
        Batch fresh = Batch.fresh("web-" + now.toEpochMilli(), "web", "web", Batch.SHARED, now, now);
        Batch locked = ledger.lock(fresh, List.of(file), "size");
        String nothing = "cluster west took nothing when the batch's turn came, and may now";
        assertThat(reason(locked, "west")).isEqualTo(nothing);
        Batch noted = ledger.note(locked, "disk full");
        assertThat(reason(noted, "west")).isEqualTo("disk full");
        assertThat(reason(noted, "east")).isEqualTo(nothing);
    }

    /** Of a batch that isn't in west, after an attempt that tried another cluster, or that one. */
    private static String reason(Batch batch, String tried) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setProperty(Attempt.CLUSTERS, List.of(tried));
        return LoadSteps.noted(batch, List.of("west"), exchange);
    }
}
