package dev.caravan.ledger.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.base.Troubles;
import dev.caravan.batch.Batch;
import dev.caravan.batch.FileEntry;
import dev.caravan.ledger.Backlog;
import dev.caravan.ledger.BatchId;
import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.DynamoDbLedger;
import dev.caravan.ledger.dynamo.Items;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Whose batches an instance takes up, whatever waits, and that it lets go of all of them when it stops. */
class RecoveryTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final int IN_A_WRITE = 25;

    private final String tables = "recovery-" + UUID.randomUUID().toString().substring(0, 8);
    private final AtomicInteger calls = new AtomicInteger();
    private final DefaultCamelContext context = new DefaultCamelContext();
    private DynamoDbClient client = client();
    private DynamoDbLedger ledger = ledger(client, "me");

    @BeforeEach
    void createTables() {
        ledger.createTables();
    }

    @AfterEach
    void close() {
        SharedSandbox.get().awsFaults().clear();
        client.close();
        context.stop();
    }

    @Test
    void fiveThousandBatchesOfOneFeedKeepNoOtherFeedWaiting_andALookCostsTheSame() throws Exception {
        Batch before = postponed("early", NOW.minusSeconds(9_000));
        due("big", 5_000);
        Batch late = postponed("late", NOW.minusMillis(1));
        Batch amid = postponed("amid", NOW.minusSeconds(2_500));
        DynamoDbAggregationRepository repository = repository(Backlog.NONE);
        calls.set(0);
        Set<String> first = repository.scan(context);
        assertThat(calls.get()).isEqualTo(3);
        assertThat(first).contains(before.id(), late.id()).hasSizeLessThanOrEqualTo(32);
        assertThat(first.stream().filter(id -> id.startsWith("big-")).count()).isBetween(1L, 16L);
        Set<String> seen = new TreeSet<>();
        for (int look = 0; look < 12; look++) {
            seen.addAll(repository.scan(context));
        }
        assertThat(seen).contains(amid.id());
    }

    @Test
    void whatOneFeedHasInHandKeepsNoOtherWaiting() throws Exception {
        DynamoDbAggregationRepository repository = repository(Backlog.NONE);
        due("big", 100);
        due("huge", 100);
        for (int look = 0; look < 5; look++) {
            repository
                    .scan(context)
                    .forEach(id -> assertThat(repository.recover(context, id)).isNotNull());
        }
        Batch other = postponed("other", NOW.minusSeconds(1));
        assertThat(repository.scan(context)).containsExactly(other.id());
    }

    @Test
    void whatWaitsInAListIsTakenOldestFirst_someOfEachFeed() throws Exception {
        List<String> held = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            held.add(ledger.hold(locked(i < 38 ? "big" : "small", NOW.plusSeconds(i)), "east,west", "away")
                    .id());
        }
        DynamoDbAggregationRepository repository = repository(new Backlog() {
            @Override
            public List<Takeable> takeable() {
                return List.of(new Takeable(List.of("east,west"), 1_000, false, 0));
            }

            @Override
            public void nothingWaits(String list) {}

            @Override
            public int queued(String feed) {
                return 0;
            }
        });
        Set<String> taken = repository.scan(context);
        assertThat(taken)
                .containsAll(held.subList(0, 16))
                .containsAll(held.subList(38, 40))
                .hasSize(18);
        taken.forEach(id -> assertThat(repository.recover(context, id)).isNotNull());
    }

    @Test
    void aHundredBatchesAreHandedOverSideBySide() throws Exception {
        due("big", 100);
        client.close();
        SharedSandbox.get().awsFaults().add("dynamodb slow match=UpdateItem ms=1");
        client = DynamoDbClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
        ledger = ledger(client, "me");
        DynamoDbAggregationRepository repository = repository(Backlog.NONE);
        List<Exchange> loading = ledgerIds("big").stream()
                .parallel()
                .map(id -> repository.recover(context, id))
                .toList();
        assertThat(loading).hasSize(100).doesNotContainNull();
        SharedSandbox.get().awsFaults().clear();
        SharedSandbox.get().awsFaults().add("dynamodb slow match=UpdateItem ms=300 forever");
        Instant begin = Instant.now();
        repository.stop();
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(15));
        SharedSandbox.get().awsFaults().clear();
        assertThat(ledgerIds("big").stream().map(id -> ledger(client, "other").takeOver(id)))
                .allMatch(Optional::isPresent);
    }

    private List<String> ledgerIds(String feed) {
        return IntStream.range(0, 100).mapToObj(i -> id(feed, i)).toList();
    }

    // ---- helpers

    /** Locked batches whose time has come, a second apart, as they are after a reprocessing. */
    private void due(String feed, int count) throws Exception {
        Map<String, AttributeValue> key =
                Items.batchKey(postponed(feed + "s", NOW.minusSeconds(10_000)).id());
        Map<String, AttributeValue> like =
                client.getItem(r -> r.tableName(tables + "-batches").key(key)).item();
        client.deleteItem(r ->
                r.tableName(tables + "-batches").key(Map.of("feed", like.get("feed"), "batch", like.get("batch"))));
        for (int from = 0; from < count; from += IN_A_WRITE) {
            List<WriteRequest> writes = IntStream.range(from, from + IN_A_WRITE)
                    .mapToObj(i -> {
                        Map<String, AttributeValue> item = new HashMap<>(like);
                        item.putAll(Items.batchKey(id(feed, i)));
                        item.put("id", Items.s(id(feed, i)));
                        item.put("time", Items.time(NOW.minusSeconds(count - (long) i)));
                        return WriteRequest.builder()
                                .putRequest(p -> p.item(item))
                                .build();
                    })
                    .toList();
            client.batchWriteItem(r -> r.requestItems(Map.of(tables + "-batches", writes)));
        }
    }

    private static String id(String feed, int number) {
        return String.format("%s-20260131T%09d00000000", feed, number);
    }

    private Batch postponed(String feed, Instant until) throws Exception {
        return ledger.postpone(locked(feed, NOW), until, "no topic");
    }

    private Batch locked(String feed, Instant at) throws Exception {
        Batch fresh = Batch.fresh(BatchId.next(feed, at), feed, feed, Batch.SHARED, at, at);
        FileEntry file = new FileEntry(feed, "s3://b/" + fresh.id(), "v", 1, at);
        return at(at).lock(fresh, List.of(file), "size");
    }

    private DynamoDbLedger at(Instant at) {
        return new DynamoDbLedger(client, settings("me"), Clock.fixed(at, ZoneOffset.UTC));
    }

    private DynamoDbAggregationRepository repository(Backlog backlog) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        DynamoDbAggregationRepository repository =
                new DynamoDbAggregationRepository(ledger, backlog, new Troubles(clock), clock, settings("me"));
        repository.start();
        return repository;
    }

    private DynamoDbLedger ledger(DynamoDbClient with, String owner) {
        return new DynamoDbLedger(with, settings(owner), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private LedgerSettings settings(String owner) {
        return new LedgerSettings(tables, owner, Duration.ofSeconds(60), Duration.ofDays(365));
    }

    private DynamoDbClient client() {
        SharedSandbox.get();
        return DynamoDbClient.builder()
                .httpClientBuilder(ApacheHttpClient.builder())
                .overrideConfiguration(o -> o.addExecutionInterceptor(new ExecutionInterceptor() {
                    @Override
                    public void beforeExecution(Context.BeforeExecution call, ExecutionAttributes attributes) {
                        calls.incrementAndGet();
                    }
                }))
                .build();
    }
}
