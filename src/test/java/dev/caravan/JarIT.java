package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.SandboxOptions;
import dev.caravan.sandbox.run.CaravanProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The packaged jar with the shipped configuration, as a process, killed in the middle of its work. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JarIT {
    private static final int FILES = 60;
    private static final int ROWS_A_FILE = 5;

    /** Of the test that kills: the other one's files have higher numbers. */
    private static final String KILLED = "public.weather WHERE length(location) <= 3";

    private final Sandbox sandbox = Sandbox.start(SandboxOptions.anyPorts());
    private final ClusterSql cluster = new ClusterSql(sandbox.environment());

    @BeforeAll
    void tables() {
        cluster.run("CREATE TABLE public.weather (location VARCHAR(16), date DATE, precipitation DECIMAL(6,2),"
                + " temp_max DECIMAL(5,2), temp_min DECIMAL(5,2), wind DECIMAL(5,2), weather VARCHAR(16))");
    }

    @AfterAll
    void stop() {
        sandbox.close();
    }

    @Test
    void killedInTheMiddleOfItsLoads_andStartedAgain_itLosesNothingAndDoublesNothing() {
        // Every COPY takes a while, so that the kill hits loads in flight as well as open batches and unread events.
        sandbox.redshift().faults().add("slow match=COPY forever ms=700");
        CaravanProcess first = start("first");
        IntStream.range(0, FILES).forEach(this::put);
        await().atMost(Duration.ofMinutes(1)).until(() -> cluster.count(KILLED) > 0);
        first.kill();
        long loadedBefore = cluster.count(KILLED);
        assertThat(loadedBefore).isLessThan(FILES * ROWS_A_FILE);

        CaravanProcess second = start("second");
        sandbox.redshift().faults().clear();
        try (second) {
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> cluster.count(KILLED) >= (long) FILES * ROWS_A_FILE && queueIsEmpty());
            // Whatever comes twice would come now: leases have run out, and the queue has nothing more to give.
            await().during(Duration.ofSeconds(4))
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> cluster.count(KILLED) == (long) FILES * ROWS_A_FILE);
            assertThat(cluster.column("SELECT count(*) FROM (SELECT DISTINCT location, date FROM " + KILLED + ") t"))
                    .isEqualTo(List.of(Integer.toString(FILES * ROWS_A_FILE)));
        } catch (RuntimeException | Error e) {
            throw new AssertionError(second.endOfLog(), e);
        }
    }

    @Test
    void askedToStop_itFinishesWhatItLoads_andHandsOverWhatItCant() throws Exception {
        sandbox.redshift().faults().add("slow match=COPY forever ms=60000");
        CaravanProcess slow = start("slow", "60s", Map.of());
        put(1000);
        await().until(() -> stagesOfLiveBatches().stream().anyMatch(stage -> stage.contains("copy")));
        CaravanProcess next = start("next", "60s", Map.of());
        slow.stop(Duration.ofSeconds(40));
        assertThat(slow.log())
                .contains("Stopping: 1 batch is being loaded")
                .contains("is not finished and handed over");
        sandbox.redshift().faults().clear();
        Instant handedOver = Instant.now();
        try (next) {
            await().until(() -> cluster.count("public.weather WHERE location = 'L1000'") == ROWS_A_FILE);
            assertThat(Duration.between(handedOver, Instant.now()))
                    .as("long before the lease of 60 s has run out")
                    .isLessThan(Duration.ofSeconds(45));
            await().until(() -> stagesOfLiveBatches().isEmpty());
            sandbox.redshift().faults().add("slow match=COPY ms=3000");
            put(1001);
            await().until(() -> stagesOfLiveBatches().stream().anyMatch(stage -> stage.contains("copy")));
            next.stop(Duration.ofSeconds(40));
            assertThat(next.log()).contains("Stopped: every batch that was being loaded is finished");
            assertThat(cluster.count("public.weather WHERE location = 'L1001'")).isEqualTo(ROWS_A_FILE);
        }
    }

    @Test
    void logsJsonIfItIsTold_eachLineOfABatchWithItsNames() throws Exception {
        try (CaravanProcess process =
                start("json", "60s", Map.of("LOG4J_CONFIGURATION_FILE", "log4j2-json.properties"))) {
            put(2000);
            await().until(() -> process.log().contains("ended complete"));
            List<JsonNode> lines = new ArrayList<>();
            for (String line : process.log().lines().toList()) {
                lines.add(new ObjectMapper().readTree(line));
            }
            assertThat(lines)
                    .allMatch(line -> line.path("level").isTextual()
                            && line.path("message").isTextual()
                            && Instant.parse(line.path("time").asText())
                                    .isAfter(Instant.now().minusSeconds(600)));
            List<JsonNode> ofTheBatch = lines.stream()
                    .filter(line -> line.path("message").asText().startsWith("Batch "))
                    .toList();
            assertThat(ofTheBatch).hasSizeGreaterThanOrEqualTo(2).allSatisfy(line -> {
                assertThat(line.path("feed").asText()).isEqualTo("weather");
                assertThat(line.path("message").asText())
                        .contains(line.path("batch").asText());
                assertThat(line.path("batch").asText()).startsWith("weather-");
            });
            assertThat(ofTheBatch)
                    .anyMatch(line -> line.path("cluster").asText().equals("redshift"));
            assertThat(lines.get(0).has("batch")).isFalse();
        }
    }

    private CaravanProcess start(String name) {
        return start(name, "3s", Map.of());
    }

    private CaravanProcess start(String name, String lease, Map<String, String> more) {
        Map<String, String> environment = new LinkedHashMap<>(sandbox.environment());
        environment.putAll(more);
        environment.put("CAMEL_MAIN_SHUTDOWN_TIMEOUT", "5");
        environment.put("CARAVAN_LEDGER_LEASE", lease);
        environment.put("CARAVAN_RECEIVE_WAIT_SECONDS", "1");
        CaravanProcess process = CaravanProcess.start(environment, Path.of("target", "jar-it-" + name + ".log"));
        await().atMost(Duration.ofMinutes(2)).until(process::isReady);
        return process;
    }

    private void put(int file) {
        StringBuilder csv = new StringBuilder("location,date,precipitation,temp_max,temp_min,wind,weather\n");
        for (int row = 0; row < ROWS_A_FILE; row++) {
            csv.append("L%d,2012-01-0%d,0.0,1.0,1.0,1.0,sun\n".formatted(file, row + 1));
        }
        Landing landing = sandbox.landing();
        sandbox.s3()
                .putObject(
                        r -> r.bucket(landing.bucket()).key("weather/file " + file + ".csv"),
                        RequestBody.fromString(csv.toString()));
    }

    private List<String> stagesOfLiveBatches() {
        return sandbox.dynamoDb().scan(r -> r.tableName("caravan-batches")).items().stream()
                .filter(item -> item.containsKey("owner"))
                .map(item -> String.valueOf(item.get("stage")))
                .toList();
    }

    private boolean queueIsEmpty() {
        return sandbox
                .sqs()
                .getQueueAttributes(
                        r -> r.queueUrl(sandbox.landing().queueUrl()).attributeNames(QueueAttributeName.ALL))
                .attributes()
                .entrySet()
                .stream()
                .filter(attribute -> attribute.getKey().toString().startsWith("ApproximateNumberOfMessages"))
                .allMatch(attribute -> attribute.getValue().equals("0"));
    }
}
