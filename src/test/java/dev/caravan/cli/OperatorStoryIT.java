package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.SandboxOptions;
import dev.caravan.sandbox.run.CaravanProcess;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * A night of an operator's, on the packaged jar with the shipped configuration: what {@code status}, health, the metrics that alerts ask for, and messages
 * say of each trouble while it lasts, and of its end.
 */
class OperatorStoryIT {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Sandbox sandbox = Sandbox.start(SandboxOptions.anyPorts());
    private final Landing landing = sandbox.landing();
    private final ClusterSql cluster = new ClusterSql(sandbox.environment());
    private final List<String> messages = new ArrayList<>();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aResize_aBadFile_aTypo_theDeathOfTheOnlyInstance_andAnotherWithAWrongPassword() throws Exception {
        cluster.run("CREATE TABLE public.weather (location VARCHAR(16), date DATE, precipitation DECIMAL(6,2),"
                + " temp_max DECIMAL(5,2), temp_min DECIMAL(5,2), wind DECIMAL(5,2), weather VARCHAR(16))");
        try (CaravanProcess only = start("only", Map.of())) {
            awaitStatus("Instances +1 runs: .*");
            theClusterIsResized(only);
            aFileIsBad(only);
            aPrefixIsMisspelt(only);
            only.kill();
        }
        put("weather/late", "Late,2012-01-03,0.0,1.0,1.0,1.0,sun");
        try (CaravanProcess refused = start("refused", Map.of("CARAVAN_REDSHIFT_PASSWORD", "not-it-1A"))) {
            await().atMost(LONGEST)
                    .until(() -> refused.log().contains("Cluster redshift doesn't let Caravan in")
                            && refused.log().contains("password authentication failed"));
            awaitStatus("redshift +held .*password authentication failed.*");
            awaitMessage("\"what\":\"held\".*password authentication failed");
            assertThat(get(refused, "/observe/health")).contains("password authentication failed");
            assertThat(refused.log()).doesNotContain("not-it-1A");
            refused.stop(Duration.ofSeconds(30));
        }
        awaitStatus("Instances +no instance runs: files wait in the queue until one is started .*");
        try (CaravanProcess again = start("again", Map.of())) {
            await().atMost(LONGEST).until(() -> locations().contains("Late"));
            awaitStatus("redshift +up .*");
            awaitStatus("Instances +1 runs: .*");
            assertThat(again.log()).doesNotContain("doesn't let Caravan in");
        }
        assertThat(locations()).containsExactly("Early", "Good", "Late");
    }

    private void theClusterIsResized(CaravanProcess instance) throws Exception {
        sandbox.redshift().faults().add("resize match=COPY forever");
        put("weather/early", "Early,2012-01-01,0.0,1.0,1.0,1.0,sun");
        awaitStatus("redshift +held .*resize.*");
        assertThat(get(instance, "/observe/health")).contains("resize").contains("\"status\":\"UP\"");
        awaitMetric(instance, "caravan_cluster_held_seconds\\{[^}]*cluster=\"redshift\"[^}]*} [0-9.E]*[1-9].*");
        awaitMessage("\"what\":\"held\".*resize");
        sandbox.redshift().faults().clear();
        await().atMost(LONGEST).until(() -> locations().equals(List.of("Early")));
        awaitStatus("redshift +up .*");
        awaitMessage("\"what\":\"recovered\"");
        awaitMetric(instance, "caravan_cluster_held_seconds\\{[^}]*cluster=\"redshift\"[^}]*} 0.0");
    }

    private void aFileIsBad(CaravanProcess instance) throws Exception {
        put("weather/bad", "Bad,the day after,0.0,1.0,1.0,1.0,sun");
        put("weather/good", "Good,2012-01-02,0.0,1.0,1.0,1.0,sun");
        await().atMost(LONGEST).until(() -> locations().equals(List.of("Early", "Good")));
        awaitMessage("weather/bad\\.csv");
        awaitMetric(instance, "caravan_quarantined_files_total\\{[^}]*feed=\"weather\"[^}]*} 1.0");
        assertThat(caravan("list", "files", "--state", "quarantined").out())
                .anyMatch(line -> line.contains("s3://" + landing.bucket() + "/weather/bad.csv"));
    }

    private void aPrefixIsMisspelt(CaravanProcess instance) throws Exception {
        put("waether/lost", "Lost,2012-01-02,0.0,1.0,1.0,1.0,sun");
        awaitStatus("Unmatched +1 object of bucket " + landing.bucket() + " that no feed wants .*/waether/lost\\.csv");
        awaitMetric(instance, "caravan_unmatched_objects_total\\{[^}]*bucket=\"" + landing.bucket() + "\"[^}]*} 1.0");
    }

    private CaravanProcess start(String name, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(sandbox.environment());
        environment.putAll(more);
        CaravanProcess process =
                CaravanProcess.start(environment, Path.of("target", "operator-story-it-" + name + ".log"));
        await().atMost(LONGEST).until(process::isReady);
        return process;
    }

    private void put(String name, String row) {
        sandbox.s3()
                .putObject(
                        r -> r.bucket(landing.bucket()).key(name + ".csv"),
                        RequestBody.fromString(
                                "location,date,precipitation,temp_max,temp_min,wind,weather\n" + row + "\n"));
    }

    private List<String> locations() {
        return cluster.column("SELECT location FROM public.weather ORDER BY location");
    }

    private CaravanCommand caravan(String... arguments) throws Exception {
        CaravanCommand command = CaravanCommand.run(sandbox.environment(), arguments);
        assertThat(command.exitCode()).as(command.toString()).isZero();
        return command;
    }

    private void awaitStatus(String line) {
        await("status: " + line)
                .atMost(LONGEST)
                .until(() -> caravan("status").out().stream().anyMatch(shown -> shown.matches(line)));
    }

    private void awaitMetric(CaravanProcess instance, String sample) {
        await("metric: " + sample)
                .atMost(LONGEST)
                .until(() -> get(instance, "/observe/metrics").lines().anyMatch(line -> line.matches(sample)));
    }

    /** Of the topic of failed batches, which hears of clusters as well. */
    private void awaitMessage(String text) {
        Pattern wanted = Pattern.compile(text);
        await("message: " + text).atMost(LONGEST).until(() -> {
            List<Message> some = sandbox.sqs()
                    .receiveMessage(r -> r.queueUrl(landing.failedQueueUrl()).maxNumberOfMessages(10))
                    .messages();
            some.forEach(message -> messages.add(message.body().replace("\\", "")));
            return messages.stream().anyMatch(message -> wanted.matcher(message).find());
        });
        messages.removeIf(message -> wanted.matcher(message).find());
    }

    private static String get(CaravanProcess instance, String path) throws Exception {
        URI uri = URI.create(instance.hawtio()).resolve(path);
        return HTTP.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
