package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** With {@code caravan.reload=true}, routes/ is edited while the jar runs. */
class LiveReloadIT {
    private static final String NEW_FEED = """

                - name: added
                  type: dev.caravan.feed.Feed
                  properties:
                    prefix: landing/added/
                    table: public.added
                    format: DELIMITED
                    batchSize: 1
            """;

    private final AtomicInteger files = new AtomicInteger();

    @TempDir
    Path folder;

    @Test
    void anAddedFeedLoads_aBrokenFileChangesNothing_aChangedRouteIsTakenUp() throws Exception {
        Path log = Checkout.HERE.resolve("target/live-reload-it.log");
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.anyPorts())) {
            ClusterSql cluster = new ClusterSql(sandbox.environment());
            cluster.run("CREATE TABLE public.added (word VARCHAR(16))");
            try (Checkout caravan = Checkout.start(
                    sandbox, folder, log, Map.of("CARAVAN_RELOAD", "true"), List.of("-jar", Checkout.JAR.toString()))) {
                Path feeds = caravan.file("routes/feeds.camel.yaml");
                String before = Files.readString(feeds);

                write(feeds, before + NEW_FEED);
                awaitALoad(sandbox, cluster);

                write(feeds, before + NEW_FEED + "  - no yaml: [");
                caravan.awaitLog("Not taken up: routes/feeds.camel.yaml, line ");
                assertThat(caravan.log()).doesNotContain("Exception").doesNotContain("\tat ");
                assertThat(caravan.isAlive()).isTrue();
                awaitALoad(sandbox, cluster);

                Path park = caravan.file("routes/s3-to-redshift/park.camel.yaml");
                write(park, Files.readString(park).replaceFirst("description: .*", "description: Changed."));
                caravan.awaitLog("routes/s3-to-redshift/park.camel.yaml has changed: route park runs anew");
                awaitALoad(sandbox, cluster);
            }
        }
    }

    /** Files until one is loaded: before the reload, nobody wants them. */
    private void awaitALoad(Sandbox sandbox, ClusterSql cluster) {
        long loaded = cluster.count("public.added");
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    sandbox.s3()
                            .putObject(
                                    r -> r.bucket(sandbox.landing().bucket()).key("added/" + files.incrementAndGet()),
                                    RequestBody.fromString("word\n"));
                    return cluster.count("public.added") > loaded;
                });
    }

    /** As editors do: never half a file to be seen. */
    private static void write(Path file, String text) throws IOException {
        Path whole = Files.writeString(file.resolveSibling(file.getFileName() + ".tmp"), text);
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
