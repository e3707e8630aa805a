package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.aws.s3.EventDelivery;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** {@code caravan setup}, {@code check}, {@code backfill} and {@code reconcile} by the packaged jar, in the order of a feed's first day. */
class OperationsIT {
    private final Landing landing = SharedSandbox.landing();
    private final ClusterSql cluster = new ClusterSql(SharedSandbox.get().environment());
    private final String[] feed = {
        "prefix", landing.bucket() + "/in/", "table", "public.operated", "batchSize", "3", "batchTimeout", "1s"
    };

    @Test
    void aFeedsFirstDay() throws Exception {
        SharedSandbox.get().deliverEvents(landing.bucket(), EventDelivery.never());
        for (int i = 0; i < 5; i++) {
            String body = i + "\n";
            String key = "in/" + i + ".csv";
            SharedSandbox.get().s3().putObject(r -> r.bucket(landing.bucket()).key(key), RequestBody.fromString(body));
        }
        cluster.run("CREATE TABLE public.operated (id INT)");
        try (OperatorSetting setting = new OperatorSetting(landing, "operations").feed("first", feed)) {
            CaravanCommand setup = setting.runJar("setup", "--yes");
            assertThat(setup.err()).isEmpty();
            assertThat(setup.exitCode()).isZero();
            assertThat(setup.out())
                    .contains("done    DynamoDB tables operations-files, operations-batches, operations-entries")
                    .contains("IAM policy for Caravan itself:");

            CaravanCommand check = setting.runJar("check", "first");
            assertThat(check.err()).isEmpty();
            assertThat(check.exitCode()).isZero();
            assertThat(check.out()).anyMatch(line -> line.startsWith("ok   first in redshift: COPY: "));

            try (Pipeline instance =
                    new Pipeline(landing, "operations").feed("first", feed).start()) {
                CaravanCommand backfill = setting.runJar("backfill", "first", "--yes");
                assertThat(backfill.err()).isEmpty();
                assertThat(backfill.exitCode()).isZero();
                assertThat(backfill.out()).hasSize(3).last().asString().startsWith("5 files sent to ");
                await().until(() -> cluster.count("public.operated") == 5);
                await().until(() -> instance.ledger().known(url("in/4.csv")).size() == 1);
                await().until(() -> setting.run("reconcile", "first").exitCode() == 0);
            }
            assertThat(setting.runJar("reconcile", "first").out())
                    .containsExactly("S3, the ledger and the clusters agree on feed first");
            cluster.run("DELETE FROM caravan.\"public.operated\"");
            CaravanCommand differs = setting.runJar("reconcile", "first");
            assertThat(differs.exitCode()).isEqualTo(3);
            assertThat(differs.out().get(0)).startsWith("KIND     WHAT");
            assertThat(differs.err()).startsWith("caravan: feed first has ").contains(" missing");
        }
    }

    private String url(String key) {
        return "s3://" + landing.bucket() + "/" + key;
    }
}
