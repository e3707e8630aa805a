package dev.caravan.ledger.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.FileEntry;
import dev.caravan.batch.Stage;
import dev.caravan.ledger.BatchId;
import dev.caravan.routes.Pipeline;
import dev.caravan.s3.event.ObjectCreated;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the shipped batch route guarantees on the repository: Camel's aggregator and DynamoDB are real, the load is a recorder. */
class AggregationTest {
    private final List<Pipeline> instances = new ArrayList<>();
    private final ConcurrentLinkedQueue<Batch> loaded = new ConcurrentLinkedQueue<>();
    private final Map<String, Set<String>> filesOf = new ConcurrentHashMap<>();
    private final AtomicBoolean failLoads = new AtomicBoolean();
    private final String tables = "agg-" + UUID.randomUUID().toString().substring(0, 8);
    private Landing landing = SharedSandbox.landing();

    @BeforeEach
    void ownLanding() {
        landing = SharedSandbox.landing();
    }

    @AfterEach
    void stop() {
        SharedSandbox.get().awsFaults().clear();
        instances.forEach(Pipeline::close);
    }

    @Test
    void everyFileIsInExactlyOneBatch_2000FilesAt32Threads() throws Exception {
        Pipeline instance = instance("100", "20s");
        addAtOnce(List.of(instance), 2000, 32);
        await().until(() -> filesLoaded() == 2000);
        assertThat(loaded).allSatisfy(batch -> assertThat(batch.files()).isBetween(1L, 100L));
        assertThat(allFiles()).hasSize(2000);
        assertThat(loaded.stream().filter(batch -> batch.files() == 100).count())
                .isEqualTo(20);
    }

    /** Where AWS's own loader loses one file in eleven: files are added while other threads lock the batch that they meant. */
    @Test
    void everyFileIsInExactlyOneBatch_whenEachAnswerOfDynamoDbTakesItsTime() throws Exception {
        Pipeline instance = instance("20", "2s");
        SharedSandbox.get().awsFaults().add("dynamodb slow ms=20 forever");
        addAtOnce(List.of(instance), 600, 32);
        await().until(() -> filesLoaded() == 600);
        assertThat(allFiles()).hasSize(600);
        assertThat(loaded).allSatisfy(batch -> assertThat(batch.files()).isBetween(1L, 20L));
        assertThat(SharedSandbox.get().awsFaults().struck()).isPositive();
    }

    @Test
    void everyFileIsInExactlyOneBatch_whenTwoInstancesShareTheFeed() throws Exception {
        Pipeline one = instance("50", "2s");
        Pipeline other = instance("50", "2s");
        addAtOnce(List.of(one, other), 600, 16);
        await().until(() -> filesLoaded() == 600);
        assertThat(allFiles()).hasSize(600);
    }

    @Test
    void aBatchOfOneFileIsStoredBeforeItIsLoaded() {
        Pipeline instance = instance("1", "5m");
        failLoads.set(true);
        add(instance, "only.csv");
        await().until(() -> loaded.size() >= 1);
        Batch batch = loaded.element();
        assertThat(instance.ledger().find(batch.id())).get().satisfies(stored -> {
            assertThat(stored.status()).isEqualTo(BatchStatus.LOCKED);
            assertThat(stored.files()).isEqualTo(1);
        });
    }

    @Test
    void aDuplicateEventChangesNothing() {
        Pipeline instance = instance("2", "1s");
        add(instance, "a.csv");
        add(instance, "a.csv");
        await().until(() -> loaded.size() == 1);
        add(instance, "a.csv");
        add(instance, "b.csv");
        await().until(() -> loaded.size() == 2);
        assertThat(loaded).extracting(Batch::files).containsExactly(1L, 1L);
        assertThat(instance.ledger().known(url("a.csv"))).hasSize(1);
    }

    @Test
    void aDuplicateEventThatWouldCompleteABatchOfOneChangesNothing() {
        Pipeline instance = instance("1", "5m");
        add(instance, "a.csv");
        await().until(() -> loaded.size() == 1);
        add(instance, "a.csv");
        add(instance, "b.csv");
        await().until(() -> loaded.size() == 2);
        assertThat(allFiles()).containsExactlyInAnyOrder(url("a.csv"), url("b.csv"));
    }

    @Test
    void aNewVersionOfAnObjectIsAnotherFile() {
        Pipeline instance = instance("2", "5m");
        add(instance, "a.csv", "v1");
        add(instance, "a.csv", "v2");
        await().until(() -> loaded.size() == 1);
        assertThat(loaded.element().files()).isEqualTo(2);
        assertThat(instance.ledger().known(url("a.csv"))).hasSize(2);
    }

    @Test
    void aQuietFeedsLastFilesAreLoadedWhenTheyAreDue() {
        Pipeline instance = instance("100", "1s");
        add(instance, "a.csv");
        add(instance, "b.csv");
        await().until(() -> filesLoaded() == 2);
        assertThat(loaded).hasSize(1);
    }

    @Test
    void anOpenBatchIsLoadedWhenDue_thoughItsInstanceIsGone() {
        Pipeline gone = instance("100", "6s");
        add(gone, "a.csv");
        gone.close();
        assertThat(loaded).isEmpty();
        instance("100", "6s");
        await().until(() -> filesLoaded() == 1);
    }

    @Test
    void aBatchThatAnInstanceHadForItselfIsLoadedWhenDue_thoughThatInstanceIsGone() throws Exception {
        Pipeline instance = instance("100", "2s");
        add(instance, "a.csv");
        Instant now = Instant.now();
        FileEntry file = new FileEntry("web", url("b.csv"), "v1", 10, now);
        Batch own = Batch.fresh(BatchId.next("web", now), "web", "web", "gone", now, now.plusSeconds(1));
        instance.ledger().add(own, List.of(file));
        await().until(() -> filesLoaded() == 2);
        assertThat(loaded).extracting(Batch::files).containsExactlyInAnyOrder(1L, 1L);
        assertThat(instance.ledger().find(own.id()).orElseThrow().shard()).isEqualTo(Batch.SHARED);
    }

    @Test
    void aLockedBatchIsTakenOver_whenItsOwnersLeaseHasRunOut() {
        Pipeline owner = instance("1", "5m", "caravan.ledger.lease", "1s");
        failLoads.set(true);
        add(owner, "a.csv");
        await().until(() -> loaded.size() >= 1);
        owner.close();
        failLoads.set(false);
        int before = loaded.size();
        Pipeline other = instance("1", "5m", "caravan.ledger.lease", "1s");
        String id = loaded.element().id();
        await().until(() -> other.ledger().find(id).orElseThrow().status() != BatchStatus.LOCKED);
        assertThat(loaded)
                .hasSizeGreaterThan(before)
                .allSatisfy(batch -> assertThat(batch.id()).isEqualTo(id));
        assertThat(other.ledger().find(id).orElseThrow().attempt()).isGreaterThan(1);
    }

    @Test
    void aBatchInFlightIsNotTakenOver_byAnInstanceThatIsWellAwake() throws Exception {
        AtomicBoolean hold = new AtomicBoolean(true);
        Pipeline owner = instance("1", "5m", hold, "caravan.ledger.lease", "1s");
        add(owner, "a.csv");
        await().until(() -> loaded.size() == 1);
        Pipeline other = instance("1", "5m", new AtomicBoolean(), "caravan.ledger.lease", "1s");
        assertThat(other.context().isStarted()).isTrue();
        // Three leases: without the heartbeat, the other instance would have taken it.
        TimeUnit.SECONDS.sleep(3);
        assertThat(loaded).hasSize(1);
        hold.set(false);
        String id = loaded.element().id();
        await().until(() -> owner.ledger().find(id).orElseThrow().status() != BatchStatus.LOCKED);
        assertThat(loaded).hasSize(1);
    }

    // ---- helpers

    private Pipeline instance(String batchSize, String batchTimeout, String... properties) {
        return instance(batchSize, batchTimeout, new AtomicBoolean(), properties);
    }

    private Pipeline instance(String batchSize, String batchTimeout, AtomicBoolean hold, String... properties) {
        Pipeline pipeline = new Pipeline(landing, tables)
                .feed(
                        "web",
                        "prefix",
                        landing.bucket() + "/web/",
                        "table",
                        "public.web",
                        "batchSize",
                        batchSize,
                        "batchTimeout",
                        batchTimeout)
                .without("receive", "load", "copy", "explain", "search", "notify");
        pipeline.instead(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:load").process(exchange -> {
                    Batch batch = exchange.getMessage().getBody(Batch.class);
                    Set<String> files = new TreeSet<>();
                    pipeline.ledger().files(batch, file -> files.add(file.url()));
                    filesOf.computeIfAbsent(batch.id(), id -> files);
                    loaded.add(batch);
                    await().forever().until(() -> !hold.get());
                    if (failLoads.get()) {
                        throw new IllegalStateException("this load fails");
                    }
                    pipeline.ledger().reach(batch, Stage.NOTIFY);
                });
                from("direct:notify").log("not used here");
            }
        });
        for (int i = 0; i < properties.length; i += 2) {
            pipeline.with(properties[i], properties[i + 1]);
        }
        instances.add(pipeline.start());
        return pipeline;
    }

    private void addAtOnce(List<Pipeline> pipelines, int files, int threads) throws Exception {
        var pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            int file = i;
            Pipeline pipeline = pipelines.get(i % pipelines.size());
            futures.add(pool.submit(() -> add(pipeline, "f" + file + ".csv")));
        }
        for (Future<?> future : futures) {
            future.get();
        }
        pool.shutdown();
    }

    private void add(Pipeline pipeline, String name) {
        add(pipeline, name, "v1");
    }

    private void add(Pipeline pipeline, String name, String version) {
        String record = """
                {"Records":[{"eventName":"ObjectCreated:Put","eventTime":"%s","s3":{"bucket":{"name":"%s"},
                "object":{"key":"web/%s","size":10,"eTag":"%s"}}}]}""".formatted(Instant.now(), landing.bucket(), name, version);
        pipeline.template().sendBody("direct:batch", record);
    }

    private String url(String name) {
        return new ObjectCreated(landing.bucket(), "web/" + name, "v1", 0, Instant.EPOCH).url();
    }

    private long filesLoaded() {
        return filesOf.values().stream().mapToLong(Set::size).sum();
    }

    private List<String> allFiles() {
        return filesOf.values().stream().flatMap(Set::stream).distinct().toList();
    }
}
