package dev.caravan.ledger.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.MutableClock;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.Progress;
import dev.caravan.ledger.Conflict;
import dev.caravan.ledger.Ledger;
import dev.caravan.ledger.LedgerUnavailable;
import dev.caravan.ledger.Sealing;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A batch that is made whole from given files is whole or isn't loaded, whoever seals it, and however often. On DynamoDB Local. */
class SealingTest {
    private static final Progress PROGRESS = new Progress("shop", 3, "2026-01-31T12:00:00Z", 1_000);
    private static final Optional<Progress> NONE = Optional.empty();

    private final String tables = "sealing-" + UUID.randomUUID().toString().substring(0, 8);
    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-31T12:00:00Z"));
    private final DynamoDbLedger ledger = ledger("me");

    @BeforeEach
    void tables() {
        ledger.createTables();
    }

    @AfterEach
    void noFaults() {
        SharedSandbox.get().awsFaults().clear();
    }

    @Test
    void allFilesAreInIt_andItIsLockedWithItsProgress() throws Exception {
        Batch batch = sealing(ledger).seal("shop", "run1", files(1_000), Optional.of(PROGRESS));
        assertThat(batch.status()).isEqualTo(BatchStatus.LOCKED);
        assertThat(ledger.find(batch.id())).contains(batch);
        assertThat(batch.progress()).contains(PROGRESS);
        assertThat(batch.files()).isEqualTo(1_000);
        assertThat(urls(batch)).hasSize(1_000).doesNotHaveDuplicates();
        Batch taken = ledger("loader").takeOver(batch.id()).orElseThrow();
        assertThat(taken.progress()).as("whoever looks next has it at once").contains(PROGRESS);
    }

    @Test
    void sealedAgain_itIsTheSameBatch_alsoWhenItHasBeenGivenUp() throws Exception {
        Batch batch = sealing(ledger).seal("shop", "run1", files(3), NONE);
        assertThat(sealing(ledger).seal("shop", "run1", files(3), NONE).id()).isEqualTo(batch.id());
        assertThat(sealing(ledger("other")).seal("shop", "run1", files(3), NONE).id())
                .isEqualTo(batch.id());
        assertThat(sealing(ledger).seal("shop", "run2", List.of(file(7)), NONE).id())
                .isNotEqualTo(batch.id());
    }

    @Test
    void whoDiesInTheMiddleGoesOn_andNobodyLoadsTheHalf() throws Exception {
        DynamoDbLedger dying = ledger("dying", DynamoDbClient.create());
        SharedSandbox.get().awsFaults().add("dynamodb denied match=LAST.csv forever");
        List<FileEntry> files = new ArrayList<>(files(299));
        files.add(new FileEntry("shop", "s3://landing/shop/LAST.csv", "v", 10, clock.instant()));
        assertThatThrownBy(() -> sealing(dying).seal("shop", "run1", files, NONE))
                .isInstanceOf(LedgerUnavailable.class);
        SharedSandbox.get().awsFaults().clear();
        Batch open = ledger.open("shop", "shop", "run1").orElseThrow();
        assertThat(open.files()).isEqualTo(285);
        clock.advance(Duration.ofDays(3_000));
        assertThat(ledger.waiting(clock.instant())).isEmpty();

        Batch batch = sealing(ledger("next")).seal("shop", "run1", files, NONE);
        assertThat(batch.id()).isEqualTo(open.id());
        assertThat(urls(batch)).hasSize(300).doesNotHaveDuplicates();
        assertThat(ledger.open("shop", "shop", "run1")).isEmpty();
    }

    @Test
    void severalWhoSealAtOnce_sealOneBatch() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<String>> sealers = IntStream.range(0, 4)
                    .mapToObj(i -> (Callable<String>) () -> sealing(ledger("instance" + i))
                            .seal("shop", "run1", files(2_000), Optional.of(PROGRESS))
                            .id())
                    .toList();
            Set<String> ids =
                    threads.invokeAll(sealers).stream().map(SealingTest::result).collect(Collectors.toSet());
            assertThat(ids).hasSize(1);
            Batch batch = ledger.find(ids.iterator().next()).orElseThrow();
            assertThat(batch.status()).isEqualTo(BatchStatus.LOCKED);
            assertThat(urls(batch)).hasSize(2_000).doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void otherFilesForTheSameRun_areRefused() throws Exception {
        Batch batch = sealing(ledger).seal("shop", "run1", files(3), NONE);
        assertThatThrownBy(() -> sealing(ledger).seal("shop", "run1", files(4), NONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("4 files", batch.id(), "has 3 files");
        assertThatThrownBy(() -> sealing(ledger).seal("shop#else", "run1", files(3), NONE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(batch.id());
        assertThatThrownBy(() -> sealing(ledger).seal("shop", "run1", List.of(), NONE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void filesOfABatchThatIsGone_areNamed() throws Exception {
        Batch batch = sealing(ledger).seal("shop", "run1", files(1), NONE);
        SharedSandbox.get()
                .dynamoDb()
                .deleteItem(r -> r.tableName(LedgerActor.settings(tables, "me").batches())
                        .key(Items.batchKey(batch.id())));
        assertThatThrownBy(() -> sealing(ledger).seal("shop", "run1", files(1), NONE))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("s3://landing/shop/0.csv");
    }

    private List<String> urls(Batch batch) {
        List<String> urls = new ArrayList<>();
        ledger.files(batch, file -> urls.add(file.url()));
        return urls;
    }

    private static String result(Future<String> future) {
        try {
            return future.get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Sealing sealing(Ledger of) {
        return new Sealing(of, clock);
    }

    private DynamoDbLedger ledger(String owner) {
        return ledger(owner, SharedSandbox.get().dynamoDb());
    }

    private DynamoDbLedger ledger(String owner, DynamoDbClient client) {
        return new DynamoDbLedger(client, LedgerActor.settings(tables, owner), clock);
    }

    private static List<FileEntry> files(int count) {
        return IntStream.range(0, count).mapToObj(SealingTest::file).toList();
    }

    private static FileEntry file(int number) {
        return new FileEntry("shop", "s3://landing/shop/" + number + ".csv", "v", 10, Instant.EPOCH);
    }
}
