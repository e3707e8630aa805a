package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.SandboxOptions;
import dev.caravan.sandbox.dataapi.DataApiServer;
import dev.caravan.sandbox.run.CaravanProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** The packaged jar with a cluster behind the Data API, killed while a statement of its runs there. */
class DataApiIT {
    private static final String ROW = """
            location,date,precipitation,temp_max,temp_min,wind,weather
            Seattle,2012-01-01,0.0,12.8,5.0,4.7,drizzle
            """;

    @Test
    void killedWhileTheDataApiLoadsABatch_andStartedAgain_itLoadsItOnce() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.anyPorts())) {
            ClusterSql cluster = new ClusterSql(sandbox.environment());
            cluster.run("CREATE TABLE public.weather (location VARCHAR(16), date DATE, precipitation DECIMAL(6,2),"
                    + " temp_max DECIMAL(5,2), temp_min DECIMAL(5,2), wind DECIMAL(5,2), weather VARCHAR(16))");
            CaravanProcess first = start(sandbox, "first");
            sandbox.redshift().faults().add("slow match=COPY ms=3000");
            sandbox.s3()
                    .putObject(
                            r -> r.bucket(sandbox.landing().bucket()).key("weather/1.csv"),
                            RequestBody.fromString(ROW));
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> sandbox.redshift().faults().struck() > 0);
            first.kill();
            assertThat(cluster.count("public.weather")).isZero();
            try (CaravanProcess second = start(sandbox, "second")) {
                await().atMost(Duration.ofMinutes(1)).until(() -> second.log().contains("ended complete"));
                assertThat(cluster.column("SELECT location FROM public.weather"))
                        .isEqualTo(List.of("Seattle"));
                assertThat(cluster.count("caravan.\"public.weather\"")).isEqualTo(1);
            }
        }
    }

    private static CaravanProcess start(Sandbox sandbox, String name) {
        Map<String, String> environment = new LinkedHashMap<>(sandbox.environment());
        environment.put("CAMEL_BEANS_ANALYTICS", "#class:dev.caravan.dataapi.DataApiDataSource");
        environment.put("CAMEL_BEANS_ANALYTICS_WORKGROUPNAME", DataApiServer.CLUSTER);
        environment.put("CAMEL_BEANS_ANALYTICS_DATABASE", "dev");
        environment.put("CARAVAN_CLUSTERS", "analytics");
        environment.put("CARAVAN_LEDGER_LEASE", "3s");
        environment.put("CARAVAN_RECEIVE_WAIT_SECONDS", "1");
        CaravanProcess process = CaravanProcess.start(environment, Path.of("target", "data-api-it-" + name + ".log"));
        await().atMost(Duration.ofMinutes(2)).until(process::isReady);
        return process;
    }
}
