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
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Cutting over from the AWS loader: what it has loaded is not loaded again, and all the rest is. */
class ImportLedgerTest {
    private final Instant later = Instant.now().plus(Duration.ofMinutes(5));
    private final Instant longAgo = Instant.now().minus(Duration.ofDays(9));

    private final Landing landing = SharedSandbox.landing();
    private final String bucket = landing.bucket();
    private final String prefix = bucket + "/in";
    private final String tables = "cutover-" + bucket + "-";
    private final String ledger = "cutover-" + bucket;

    @Test
    void nothingIsLoadedTwice_andNothingIsForgotten() throws Exception {
        ClusterSql cluster = new ClusterSql(SharedSandbox.get().environment());
        cluster.run("DROP TABLE IF EXISTS public.cutover", "CREATE TABLE public.cutover (id INT)");
        SharedSandbox.get().deliverEvents(bucket, EventDelivery.never());
        List<String> names = List.of(
                "loaded", "a b+c", "dropped", "open", "failed", "locked", "deleted", "never", "overwritten", "partly");
        for (int i = 0; i < names.size(); i++) {
            int id = i;
            SharedSandbox.get()
                    .s3()
                    .putObject(
                            r -> r.bucket(bucket).key("in/" + names.get(id) + ".csv"),
                            RequestBody.fromString(id + "\n"));
        }
        new LoaderRemains(tables, landing.manifestBucket())
                .batch("done", prefix, "complete", later, in("loaded"), in("a+b+c"), in("dropped"))
                .manifest("done", in("loaded"), in("a b+c"))
                .sizedBatch("old", prefix, "complete", longAgo, in("overwritten"))
                .manifest("old", in("overwritten"))
                .batch("pending", prefix, "open", later, in("open"))
                .batch("failed", prefix, "error", later, in("failed"))
                .batch("stuck", prefix, "locked", later, in("locked"))
                .batch(
                        "half",
                        prefix,
                        "error",
                        later,
                        Map.of(
                                "entries",
                                AttributeValue.fromSs(List.of(in("partly"))),
                                "clusterLoadStatus",
                                AttributeValue.fromS("{\"one\":{\"status\":0},\"two\":{\"status\":-1,\"error\":{}}}")))
                .processed("done", later, in("loaded"), in("a+b+c"), in("dropped"))
                .processed("pending", later, in("open"))
                .processed("failed", later, in("failed"))
                .processed("stuck", later, in("locked"))
                .processed("half", later, in("partly"))
                .processed("old", longAgo, in("overwritten"))
                .processed("no longer there", longAgo, in("deleted"));
        try (OperatorSetting setting = new OperatorSetting(landing, ledger).feed("in", feed());
                Pipeline instance =
                        new Pipeline(landing, ledger).feed("in", feed()).start()) {
            assertThat(seed(setting).err())
                    .startsWith("caravan: the AWS loader's batch stuck is locked, and only the table can say");
            assertThat(seed(setting, "--locked", "maybe").err()).startsWith("caravan: --locked is loaded or waiting");
            assertThat(seed(setting, "--locked=waiting", "--plan").out())
                    .containsExactly(
                            "feed in: 4 files would be noted as loaded; 6 files left: caravan backfill in has them"
                                    + " loaded (1 file of them overwritten since they were loaded); 1 file noted are in some of"
                                    + " their clusters only, by batches in error: load the others by hand");
            assertThat(instance.ledger().known("s3://" + in("loaded"))).isEmpty();
            CaravanCommand seeded = seed(setting, "--locked=waiting");
            assertThat(seeded.err()).isEmpty();
            assertThat(seeded.out().get(0)).startsWith("feed in: 4 files noted as loaded; 6 files left");
            assertThat(seed(setting, "--locked=waiting").out().get(0))
                    .startsWith("feed in: 0 files noted as loaded, 4 files known already; 6 files left");

            assertThat(setting.run("describe", "file", "s3://" + in("a b+c")).out())
                    .contains("Batch        elsewhere/done", "State        imported")
                    .noneMatch(line -> line.startsWith("Next"));
            Schemas.check(
                    OperatorSetting.text(setting.run("describe", "file", "s3://" + in("loaded"), "--output", "json")
                            .out()),
                    "describe",
                    "file");
            assertThat(setting.run("reload", "s3://" + in("loaded")).err())
                    .contains(": another loader had loaded it before");
            assertThat(setting.run("list", "files", "--feed", "in").exitCode()).isZero();

            assertThat(setting.run("backfill", "in", "--yes").out())
                    .last()
                    .asString()
                    .startsWith("6 files sent to ");
            await().until(() -> cluster.count("public.cutover") >= 6);
            await().until(() -> setting.run("reconcile", "in").exitCode() == 0);
            assertThat(setting.run("backfill", "in", "--yes").out())
                    .containsExactly(
                            "Nothing to add to feed in: below s3://" + prefix + "/ the ledger knows all 10 files");
            assertThat(cluster.column("SELECT id FROM public.cutover ORDER BY id"))
                    .containsExactly("2", "3", "4", "5", "7", "8");
        }
    }

    private CaravanCommand seed(OperatorSetting setting, String... more) {
        var words = new ArrayList<>(List.of("import", "--from-lambda-loader", "--ledger", "--table-prefix", tables));
        words.addAll(List.of(more));
        return setting.run(words.toArray(String[]::new));
    }

    private String[] feed() {
        return new String[] {"prefix", prefix + "/", "table", "public.cutover", "batchSize", "50", "batchTimeout", "1s"
        };
    }

    private String in(String name) {
        return prefix + "/" + name + ".csv";
    }
}
