package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.Ledger;
import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.dataapi.DataApiServer;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** Commands on a cluster that is reached through the Data API. */
class DataApiCommandsTest {
    private static final Map<String, String> ANALYTICS = Map.of(
            "camel.beans.analytics", "#class:dev.caravan.dataapi.DataApiDataSource",
            "camel.beans.analytics.clusterIdentifier", DataApiServer.CLUSTER,
            "camel.beans.analytics.database", "dev",
            "camel.beans.analytics.dbUser", "loader");

    private final Landing landing = SharedSandbox.landing();
    private final ClusterSql cluster = new ClusterSql(SharedSandbox.get().environment());
    private final String[] feed = {
        "prefix", landing.bucket() + "/in/", "table", "public.by_data_api", "batchSize", "2", "clusters", "analytics"
    };

    @AfterEach
    void clear() {
        SharedSandbox.get().awsFaults().clear();
    }

    @Test
    void setUpCheckedLoadedDescribedAndReconciled() throws Exception {
        cluster.run("CREATE TABLE public.by_data_api (id INT, name VARCHAR(20))");
        try (OperatorSetting setting = new OperatorSetting(landing, "data-api").feed("web", feed)) {
            ANALYTICS.forEach(setting::with);
            assertThat(setting.run("setup", "--yes").out())
                    .contains(
                            "    {\"Effect\": \"Allow\", \"Action\": [\"redshift:GetClusterCredentials\"], \"Resource\":"
                                    + " [\"arn:aws:redshift:eu-west-1:000000000000:dbuser:sandbox/loader\","
                                    + " \"arn:aws:redshift:eu-west-1:000000000000:dbname:sandbox/dev\"]},");
            Pipeline pipeline = new Pipeline(landing, "data-api").feed("web", feed);
            ANALYTICS.forEach(pipeline::with);
            String batch;
            try (Pipeline instance = pipeline.start()) {
                Ledger ledger = instance.ledger();
                put("in/1.csv", "1,a\n");
                put("in/2.csv", "2,b\n");
                await().until(() -> !ledger.known(url("in/1.csv")).isEmpty());
                batch = ledger.known(url("in/1.csv")).get(0).batch();
                await().until(() -> ledger.find(batch).orElseThrow().status() == BatchStatus.COMPLETE);
            }
            CaravanCommand check = setting.run("check", "web");
            assertThat(check.exitCode()).as(check.out().toString()).isZero();
            assertThat(check.out())
                    .anyMatch(line -> line.startsWith("ok   cluster analytics: user: awsuser in database dev"))
                    .anyMatch(line -> line.startsWith("ok   web in analytics: table: public.by_data_api, 2 columns"))
                    .anyMatch(line -> line.startsWith("ok   web in analytics: COPY: the cluster can read"));
            assertThat(cluster.count("public.by_data_api")).isEqualTo(2);
            assertThat(setting.run("reconcile", "web").out())
                    .containsExactly("S3, the ledger and the clusters agree on feed web");
            assertThat(setting.run("describe", "batch", batch).out()).anyMatch(line -> line.contains("analytics"));

            SharedSandbox.get().awsFaults().add("redshift-data denied forever");
            CaravanCommand denied = setting.run("check", "web");
            assertThat(denied.exitCode()).as(denied.out().toString()).isNotZero();
            assertThat(denied.out())
                    .anyMatch(line -> line.startsWith("FAIL cluster analytics: ")
                            && line.contains("not authorized to perform: redshift-data:ExecuteStatement"));
        }
    }

    private void put(String key, String content) {
        SharedSandbox.get().s3().putObject(r -> r.bucket(landing.bucket()).key(key), RequestBody.fromString(content));
    }

    private String url(String key) {
        return "s3://" + landing.bucket() + "/" + key;
    }
}
