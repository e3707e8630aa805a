package dev.caravan.cli.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.cli.CaravanCommand;
import dev.caravan.cli.OperatorSetting;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** {@code caravan run --until-empty} by the packaged jar. */
class RunIT {
    private final Landing landing = SharedSandbox.landing();
    private final ClusterSql cluster = new ClusterSql(SharedSandbox.get().environment());

    @AfterEach
    void noFaults() {
        SharedSandbox.get().redshift().faults().clear();
    }

    @Test
    void itEndsWhenAllIsLoaded_andWhatAHeldClusterKeepsIsLeftToTheNextRun() throws Exception {
        cluster.run("CREATE TABLE public.emptied (id INT)");
        try (OperatorSetting setting = new OperatorSetting(landing, "emptied")
                .withRoutes()
                .with("caravan.console.port", "0")
                .with("camel.server.enabled", "false")
                .with("camel.management.enabled", "false")
                .with("caravan.receive-wait-seconds", "1")
                .feed("in", "prefix", landing.bucket() + "/in/", "table", "public.emptied", "batchTimeout", "1h")) {
            put("in/1.csv", "1\n");
            SharedSandbox.get().redshift().faults().add("resize match=COPY forever");
            CaravanCommand held = setting.runJar("run", "--until-empty", "--for", "20s");
            assertThat(held.err())
                    .as(String.join("\n", held.out()))
                    .contains("caravan: 1 batch is not yet loaded: caravan list batches says what they");
            assertThat(held.exitCode()).isEqualTo(3);
            SharedSandbox.get().redshift().faults().clear();
            put("in/2.csv", "2\n");
            CaravanCommand done = setting.runJar("run", "--until-empty", "--for", "5m");
            assertThat(done.out()).last().isEqualTo("caravan: the queue is empty, and everything is loaded");
            assertThat(done.exitCode()).isZero();
            assertThat(cluster.column("SELECT id FROM public.emptied ORDER BY id"))
                    .containsExactly("1", "2");
            put("in/bad.csv", "three\n");
            CaravanCommand failed = setting.runJar("run", "--until-empty", "--for", "5m");
            assertThat(failed.err())
                    .contains(
                            "caravan: the queue is empty, but not everything is loaded:",
                            "  1 batch of feed in has failed: caravan list batches --feed in --status error says why");
            assertThat(failed.exitCode()).isEqualTo(3);
        }
    }

    private void put(String key, String body) {
        SharedSandbox.get().s3().putObject(r -> r.bucket(landing.bucket()).key(key), RequestBody.fromString(body));
    }
}
