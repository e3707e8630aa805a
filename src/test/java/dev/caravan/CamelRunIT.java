package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.SandboxOptions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** {@code camel run application.properties} in a checkout is the same application as the jar. */
class CamelRunIT {
    private static final int FILES = 5;
    private static final String OWN_ROUTE = """
            - route:
                id: %1$s
                routeConfigurationId: %1$s-errors
                from:
                  uri: direct:%1$s
                  steps:
                    - log: nothing
            """;

    @TempDir
    Path folder;

    @Test
    void loadsFiles_alsoAfterAFaultyEdit_takesRoutesOfFilesForCaravansOwn_andServesTheSameConsole() throws Exception {
        List<String> arguments = new ArrayList<>(CamelCommand.prepare());
        arguments.addAll(List.of("run", "application.properties", "--logging-color=false"));
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.anyPorts())) {
            ClusterSql cluster = new ClusterSql(sandbox.environment());
            cluster.run("CREATE TABLE public.weather (location VARCHAR(16), date DATE, precipitation DECIMAL(6,2),"
                    + " temp_max DECIMAL(5,2), temp_min DECIMAL(5,2), wind DECIMAL(5,2), weather VARCHAR(16))");
            Path log = Checkout.HERE.resolve("target/camel-run-it.log");
            Files.writeString(
                    Files.createDirectories(folder.resolve("own")).resolve("explain.camel.yaml"),
                    OWN_ROUTE.formatted("explain"));
            Map<String, String> settings = Map.of(
                    "CARAVAN_RELOAD",
                    "true",
                    "CAMEL_MAIN_ROUTES_INCLUDE_PATTERN",
                    "file:routes/*.camel.yaml,file:routes/**/*.camel.yaml,file:own/*.camel.yaml");
            try (Checkout camelRun = Checkout.start(sandbox, folder, log, settings, arguments)) {
                Files.writeString(camelRun.file("routes/own.camel.yaml"), OWN_ROUTE.formatted("search"));
                camelRun.awaitLog("routes/own.camel.yaml has changed: route search runs anew");
                Path copy = camelRun.file("routes/load/copy.camel.yaml");
                Files.writeString(copy, Files.readString(copy).replace("method: prepared}", "method: perpared}"));
                camelRun.awaitLog("Not taken up: routes/load/copy.camel.yaml, line ");
                for (int file = 0; file < FILES; file++) {
                    String key = "weather/" + file + ".csv";
                    sandbox.s3()
                            .putObject(
                                    r -> r.bucket(sandbox.landing().bucket()).key(key),
                                    RequestBody.fromString(
                                            "location,date,precipitation,temp_max,temp_min,wind,weather\n" + key
                                                    + ",2012-01-01,0.0,1.0,1.0,1.0,sun\n"));
                }
                await().atMost(Duration.ofSeconds(60)).until(() -> cluster.count("public.weather") == FILES);

                assertThat(camelRun.log())
                        .contains("Apache Camel (JBang) " + new DefaultCamelContext().getVersion())
                        .contains("Hawtio: " + camelRun.address("/hawtio/"))
                        .contains("Route explain is the one of own/explain.camel.yaml, not Caravan's own")
                        .doesNotContainPattern("route \\w+ is missing")
                        .contains("route copy: no method is named 'perpared' in CopySteps: did you mean 'prepared'?")
                        .doesNotContain("\tat ")
                        .doesNotContain("0.0.0.0")
                        .doesNotContain("is scheduled")
                        .doesNotContain("Can't look for changes")
                        .doesNotContain("No access restrictor found");
                assertThat(get(camelRun.address("/observe/health/ready"))).isEqualTo(503);
                Files.writeString(copy, Files.readString(copy).replace("method: perpared}", "method: prepared}"));
                assertThat(get(camelRun.address("/hawtio/"))).isEqualTo(200);
                await().atMost(Duration.ofSeconds(30)).until(() -> get(camelRun.address("/observe/health")) == 200);
            }
        }
    }

    private static int get(String address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
