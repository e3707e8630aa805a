package dev.caravan.cli.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.cli.CaravanCommand;
import dev.caravan.cli.OperatorSetting;
import dev.caravan.cli.Schemas;
import dev.caravan.migrate.lambdaloader.LoaderRemains;
import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.aws.s3.EventDelivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@code caravan audit lambda-loader}, on tables as the AWS loader leaves them. */
class AuditLambdaLoaderTest {
    private final Instant now = Instant.now();
    private final Instant yesterday = now.minus(Duration.ofDays(1));

    private final Landing landing = SharedSandbox.landing();
    private final String bucket = landing.bucket();
    private final String prefix = bucket + "/in";
    private final String tables = "audit-" + bucket + "-";
    private final String[] feed = {
        "prefix", bucket + "/in/", "table", "public.audited", "batchSize", "2", "batchTimeout", "1s"
    };
    private final OperatorSetting setting = new OperatorSetting(landing, "audit-" + bucket).feed("web", feed);

    @Test
    void filesThatTheLoaderDroppedAreFound_andLoadedOnceOnRequest() throws Exception {
        ClusterSql cluster = new ClusterSql(SharedSandbox.get().environment());
        cluster.run("DROP TABLE IF EXISTS public.audited", "CREATE TABLE public.audited (id INT)");
        SharedSandbox.get().deliverEvents(bucket, EventDelivery.never());
        put("in/1.csv", 1);
        put("in/2.csv", 2);
        put("in/a b+c.csv", 3);
        put("in/4.csv", 4);
        put("in/5.csv", 5);
        put("other/6.csv", 6);
        new LoaderRemains(tables, landing.manifestBucket())
                .batch("old", prefix, "complete", yesterday, in("1.csv"), in("2.csv"), in("a+b+c.csv"))
                .manifest("old", in("1.csv"))
                .processed("old", now, in("1.csv"), in("2.csv"), in("a+b+c.csv"))
                .sizedBatch("new", prefix, "complete", yesterday, in("4.csv"), in("gone.csv"), bucket + "/other/6.csv")
                .manifest("new", in("4.csv"))
                .processed("new", now, in("4.csv"), in("gone.csv"), bucket + "/other/6.csv")
                .processedInNoBatch(now, in("5.csv"))
                .batch("pending", prefix, "open", yesterday, in("7.csv"))
                .processed("pending", now, in("7.csv"))
                .processed("deleted since", now, in("8.csv"));
        try (setting) {
            CaravanCommand found = audit();
            assertThat(found.err())
                    .isEqualTo("caravan: the AWS loader lost 5 files: --load has those loaded that a feed wants\n");
            assertThat(found.exitCode()).isEqualTo(3);
            assertThat(found.out().get(0)).matches("LOST +SIZE +MODIFIED +RECEIVED +BATCH +FEED +NOTE");
            assertThat(found.out().subList(1, 6))
                    .satisfiesExactlyInAnyOrder(
                            line -> assertThat(line)
                                    .startsWith("s3://" + in("2.csv"))
                                    .endsWith("  old    web   in its batch, not in the batch's manifest"),
                            line -> assertThat(line).startsWith("s3://" + in("a b+c.csv")),
                            line -> assertThat(line)
                                    .startsWith("s3://" + in("5.csv"))
                                    .endsWith("  -      web   in no batch"),
                            line -> assertThat(line)
                                    .startsWith("s3://" + in("gone.csv"))
                                    .endsWith("S3 has no such object any more"),
                            line -> assertThat(line)
                                    .startsWith("s3://" + bucket + "/other/6.csv")
                                    .endsWith("; no feed wants it"));
            assertThat(found.out().subList(6, 9))
                    .containsExactly(
                            "",
                            "Looked at batches: 2 complete, 1 open; 9 processed files",
                            "5 files (8 B in S3) marked as processed and never loaded; 3 can be loaded");

            assertThat(audit("--load").err()).contains("Send 3 files to").contains("nothing is changed");
            try (Pipeline instance =
                    new Pipeline(landing, "audit-" + bucket).feed("web", feed).start()) {
                CaravanCommand loaded = audit("--load", "--yes");
                assertThat(loaded.out())
                        .last()
                        .isEqualTo(
                                "3 files sent to the queue; running instances load them: caravan list batches shows how far they are");
                assertThat(loaded.err())
                        .isEqualTo(
                                "caravan: the AWS loader lost 2 files that can't be loaded as things are: their notes say why\n");
                audit("--load", "--yes");
                await().until(() -> cluster.count("public.audited") >= 3);
                await().until(() ->
                        instance.ledger().known("s3://" + in("5.csv")).size() == 1);
                await().until(() ->
                        audit().out().stream().anyMatch(line -> line.contains("3 more were loaded by Caravan")));
                SharedSandbox.get().s3().deleteObject(r -> r.bucket(bucket).key("in/5.csv"));
                CaravanCommand since = audit();
                assertThat(since.exitCode()).isEqualTo(3);
                assertThat(since.err())
                        .isEqualTo("caravan: the AWS loader lost 2 files: --load has those loaded that a feed wants\n");
                assertThat(since.out())
                        .filteredOn(line -> line.startsWith("s3://"))
                        .satisfiesExactlyInAnyOrder(
                                line -> assertThat(line).startsWith("s3://" + in("gone.csv")),
                                line -> assertThat(line).startsWith("s3://" + bucket + "/other/6.csv"));
                assertThat(since.out())
                        .last()
                        .isEqualTo(
                                "2 files (2 B in S3) marked as processed and never loaded; 0 can be loaded; 3 more were loaded by Caravan since");
                var json = Schemas.check(
                        OperatorSetting.text(audit("--output", "json").out()), "audit", "lambda-loader");
                assertThat(json.path("loadedSince").asInt()).isEqualTo(3);
                assertThat(json.path("lostFiles").asInt()).isEqualTo(2);
            }
            assertThat(cluster.column("SELECT id FROM public.audited ORDER BY id"))
                    .containsExactly("2", "3", "5");
        }
    }

    @Test
    void whatElseWentWrongIsSaid_andAFileThatWasReprocessedIsNotLost() throws Exception {
        put("in/1.csv", 1);
        String[] many = IntStream.range(
                        0, 404_000 / in("x".repeat(100) + "1000.csv").length())
                .mapToObj(i -> in("x".repeat(100) + i + ".csv"))
                .toArray(String[]::new);
        new LoaderRemains(tables, landing.manifestBucket())
                .batch("first", prefix, "complete", yesterday, in("1.csv"), in("2.csv"), in("3.csv"))
                .manifest("first", in("1.csv"))
                .batch("second", prefix, "complete", yesterday, in("1.csv"), in("2.csv"))
                .manifest("second", in("1.csv"), in("2.csv"))
                .batch("lockedLong", prefix, "locked", yesterday, in("3.csv"))
                .batch("lockedNow", prefix, "locked", now, in("5.csv"))
                .batch("failed", prefix, "error", yesterday, in("6.csv"))
                .batch("full", prefix, "open", yesterday, many)
                .batch("bare", prefix, "complete", yesterday, in("7.csv"))
                .processed("second", yesterday, in("1.csv"), in("2.csv"))
                .processed("bare", yesterday, in("7.csv"))
                .processed("failed", yesterday, in("6.csv"));
        try (setting) {
            CaravanCommand found = audit();
            assertThat(found.exitCode()).isZero();
            assertThat(found.out())
                    .noneMatch(line -> line.startsWith("LOST"))
                    .noneMatch(line -> line.contains("lockedNow"))
                    .anyMatch(line -> line.matches("s3://" + in("1.csv") + " +(first +second|second +first)"))
                    .anyMatch(line -> line.startsWith("lockedLong  " + prefix + "      1  "))
                    .anyMatch(line -> line.matches(prefix + " +full +\\d+ +39\\d\\.\\d KB of 400.0 KB"))
                    .anyMatch(line -> line.startsWith("bare         it is complete, but its manifest is gone"))
                    .last()
                    .isEqualTo("No file was lost; 1 file of batches in error never were loaded either, as they say");
            var json =
                    Schemas.check(OperatorSetting.text(audit("--output", "json").out()), "audit", "lambda-loader");
            assertThat(json.path("twiceFiles").asInt()).isEqualTo(1);
            assertThat(json.path("blocked").path(0).path("batch").asText()).isEqualTo("full");
            assertThat(audit("--since", "1h").out()).contains("Looked at batches: 2 locked, 1 open; 0 processed files");
        }
    }

    @Test
    void whatCaravanWaitsToLoadIsNamed_andNotSentAgain() throws Exception {
        String[] slow = {"prefix", bucket + "/in/", "table", "public.audited", "batchTimeout", "1h"};
        SharedSandbox.get().deliverEvents(bucket, EventDelivery.never());
        put("in/1.csv", 1);
        new LoaderRemains(tables, landing.manifestBucket()).processedInNoBatch(now, in("1.csv"));
        try (setting;
                Pipeline instance = new Pipeline(landing, "audit-" + bucket)
                        .feed("web", slow)
                        .start()) {
            audit("--load", "--yes");
            await().until(() -> instance.ledger().known("s3://" + in("1.csv")).size() == 1);
            CaravanCommand again = audit("--load", "--yes");
            assertThat(again.exitCode()).isEqualTo(3);
            assertThat(again.out())
                    .anyMatch(line -> line.matches("s3://" + in("1.csv")
                            + " .* in no batch; Caravan has it in batch web-\\S+, where it is waiting"))
                    .last()
                    .isEqualTo("1 file (2 B in S3) marked as processed and never loaded; 0 can be loaded");
        }
    }

    @Test
    void aClusterLoadStatusOrATableThatCantBeReadIsNoStackTrace() throws Exception {
        try (setting) {
            assertThat(audit().err())
                    .startsWith("caravan: can't read the AWS loader's table " + tables
                            + "LambdaRedshiftBatches (--region and --table-prefix say where it is): DynamoDB says: ")
                    .hasLineCount(1);
            new LoaderRemains(tables, landing.manifestBucket())
                    .batch(
                            "odd",
                            prefix,
                            "error",
                            yesterday,
                            Map.of("clusterLoadStatus", AttributeValue.fromS("not JSON")));
            assertThat(audit().out()).last().isEqualTo("No file was lost");
        }
    }

    private CaravanCommand audit(String... more) {
        List<String> words = new ArrayList<>(List.of("audit", "lambda-loader", "--table-prefix", tables));
        words.addAll(List.of(more));
        return setting.run(words.toArray(String[]::new));
    }

    private String in(String name) {
        return prefix + "/" + name;
    }

    private void put(String key, int id) {
        SharedSandbox.get().s3().putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(id + "\n"));
    }
}
