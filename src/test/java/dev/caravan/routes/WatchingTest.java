package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.Ledger;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.parts.FreePort;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What a running instance tells those who watch it: metrics that agree with the ledger and the tables, and health that says what is wrong. */
class WatchingTest extends LoadingTest {
    private static final Path MONITORING = Path.of("src/monitoring");

    /** Those are {@code MirrorMetersTest}'s, as syncs' are {@code SyncMetersTest}'s. */
    private static final String OF_MIRRORS = "caravan_mirror_";

    private final int port = FreePort.pick();

    @AfterEach
    void clearSecond() {
        SecondCluster.server().faults().clear();
    }

    @Test
    void theMetricsSayWhatTheLedgerAndTheTablesSay_andTheDashboardAndTheAlertsUseNoOthers() throws Exception {
        Pipeline pipeline = watched(pipeline("batchSize", "3"))
                .feed(
                        "strict",
                        "prefix",
                        landing.bucket() + "/strict/",
                        "table",
                        "public." + table,
                        "onBadFile",
                        "fail",
                        "batchSize",
                        "2");
        pipeline.also("housekeeping/reconcile")
                .with("caravan.reconcile", "true")
                .with("caravan.reconcile-at", "0/5 * * * * ?");
        Ledger ledger = launch(pipeline).ledger();
        put("web/a.csv", "1,a\n");
        put("web/bad.csv", "2,b\nthree,c\n");
        put("web/c.csv", "4,d\n5,e\n");
        put("strict/good.csv", "6,f\n");
        put("strict/bad.csv", "seven,g\n");
        put("nobody/wants.csv", "8,h\n");
        await().until(() -> Stream.of("web/a.csv", "strict/bad.csv").allMatch(key -> ended(ledger, key)));
        await().until(() -> Scrape.of(port)
                .value("caravan_newest_loaded_age_seconds", "feed=\"web\"")
                .isPresent());
        await().until(() -> Scrape.of(port)
                .value("caravan_differences", "feed=\"strict\"", "kind=\"failed\"")
                .equals(OptionalDouble.of(1)));
        Scrape scrape = Scrape.of(port);

        String web = "feed=\"web\"";
        String redshift = "cluster=\"redshift\"";
        assertThat(scrape.value("caravan_loaded_rows_total", web, redshift))
                .hasValue((double) cluster.count("public." + table));
        assertThat(scrape.value("caravan_loaded_files_total", web, redshift)).hasValue(2);
        assertThat(scrape.value("caravan_loaded_bytes_total", web, redshift)).hasValue("1,a\n".length() * 3);
        assertThat(scrape.value("caravan_quarantined_files_total", web, redshift))
                .hasValue(1);
        assertThat(scrape.value("caravan_failed_files_total", "feed=\"strict\""))
                .hasValue(2);
        assertThat(scrape.value("caravan_loaded_files_total", "feed=\"strict\""))
                .isEmpty();
        assertThat(scrape.value("caravan_batches_ended_total", web, "status=\"complete\""))
                .hasValue(1);
        assertThat(scrape.value("caravan_batches_ended_total", "feed=\"strict\"", "status=\"error\""))
                .hasValue(1);
        assertThat(scrape.value("caravan_batch_files_sum", web)).hasValue(3);
        assertThat(scrape.value("caravan_batch_bytes_sum", web)).hasValue((double)
                ledger.find(batchOf(ledger, "web/a.csv")).orElseThrow().bytes());
        assertThat(scrape.value("caravan_event_to_loaded_seconds_count", web)).hasValue(2);
        assertThat(scrape.value("caravan_copy_seconds_count", web)).hasValue(1);
        assertThat(scrape.value("caravan_unmatched_objects_total", "bucket=\"" + landing.bucket() + "\""))
                .hasValue(1);
        await().untilAsserted(() ->
                assertThat(Scrape.of(port).value("caravan_instances")).hasValue(1));
        assertThat(scrape.value("caravan_newest_loaded_age_seconds", web).orElseThrow())
                .isBetween(0.0, 60.0);
        assertThat(scrape.value("caravan_newest_loaded_age_seconds", "feed=\"strict\""))
                .isEmpty();
        assertThat(scrape.value("caravan_oldest_waiting_age_seconds", web)).hasValue(0);
        assertThat(scrape.value("caravan_cluster_held_seconds", redshift)).hasValue(0);
        assertThat(scrape.value("caravan_trouble_seconds")).hasValue(0);
        assertThat(scrape.value("caravan_ready")).hasValue(1);
        assertThat(scrape.value("caravan_ledger_calls_seconds_count", "step=\"confirm\"", "operation=\"UpdateItem\""))
                .hasValue(2);
        assertThat(scrape.value("caravan_ledger_capacity_units_total", "step=\"add\"")
                        .orElseThrow())
                .isPositive();
        await().untilAsserted(() -> assertThat(Scrape.of(port).value("caravan_dead_letter_messages"))
                .hasValue(0));
        assertThat(scrape.toString()).doesNotContain("bad.csv").doesNotContain(batchOf(ledger, "web/a.csv"));

        Scrape last = Scrape.of(port);
        Set<String> ours = new TreeSet<>(last.names());
        ours.removeIf(name -> !name.startsWith("caravan_") || name.startsWith(OF_MIRRORS));
        assertThat(ours).allMatch(name -> last.helped().contains(name.replaceFirst("_(count|sum|bucket)$", "")));
        assertThat(last.names()).contains("camel_exchanges_total").containsAll(named("grafana-dashboard.json"));
        assertThat(named("alerts.yaml"))
                .filteredOn(name -> !name.startsWith(OF_MIRRORS))
                .isSubsetOf(last.names());
        assertThat(docs())
                .filteredOn(name -> !name.startsWith("caravan_sync_") && !name.startsWith(OF_MIRRORS))
                .containsExactlyInAnyOrderElementsOf(metrics(ours));
    }

    @Test
    void aHeldClusterIsTold_andDoesNotMakeTheInstanceUnready() throws Exception {
        SharedSandbox.get().redshift().faults().add("resize match=COPY forever");
        launch(watched(pipeline("batchSize", "1")));
        await().until(() -> health("/ready").statusCode() == 200);
        put("web/a.csv", "1,a\n");
        await().until(() -> check("clusters").path("message").asText().contains("cluster redshift is held since"));
        assertThat(check("clusters").path("status").asText()).isEqualTo("UP");
        assertThat(check("clusters").path("message").asText()).contains("resize mode");
        assertThat(health("/ready").statusCode()).isEqualTo(200);
        await().until(() -> Scrape.of(port)
                        .value("caravan_cluster_held_seconds", "cluster=\"redshift\"")
                        .orElse(0)
                > 0);
        assertThat(Scrape.of(port)
                        .value("caravan_oldest_waiting_age_seconds", "feed=\"web\"")
                        .orElse(0))
                .isPositive();
    }

    @Test
    void withoutItsQueueOrItsLedgerAnInstanceIsNotReady_andSaysWhy_butStaysLive() throws Exception {
        launch(watched(pipeline("batchSize", "1")));
        await().until(() -> health("/ready").statusCode() == 200);
        SharedSandbox.get().awsFaults().add("sqs unreachable match=ReceiveMessage forever");
        SharedSandbox.get().awsFaults().add("dynamodb unreachable forever");
        await().until(() -> check("sqs").path("status").asText().equals("DOWN"));
        await().until(() -> check("dynamodb").path("status").asText().equals("DOWN"));
        assertThat(check("sqs").path("message").asText()).contains("trouble with the queue since", "SQS says");
        assertThat(check("dynamodb").path("message").asText()).contains("trouble with the ledger since");
        assertThat(health("/ready").statusCode()).isEqualTo(503);
        assertThat(health("/live").statusCode()).isEqualTo(200);
        assertThat(Scrape.of(port).value("caravan_ready")).hasValue(0);
        assertThat(Scrape.of(port)
                        .value("caravan_trouble_seconds", "service=\"queue\"")
                        .orElse(0))
                .isPositive();
        SharedSandbox.get().awsFaults().clear();
        await().until(() -> health("/ready").statusCode() == 200);
    }

    private Pipeline watched(Pipeline pipeline) {
        return pipeline.with("camel.management.enabled", "true")
                .with("camel.management.jolokiaEnabled", "false")
                .with("caravan.console.port", Integer.toString(port));
    }

    private HttpResponse<String> health(String which) {
        return Scrape.get(port, "/observe/health" + which);
    }

    private JsonNode check(String name) throws Exception {
        for (JsonNode check : JSON.readTree(health("").body()).path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check;
            }
        }
        throw new AssertionError("no check " + name + " in " + health("").body());
    }

    private boolean ended(Ledger ledger, String key) {
        return !ledger.known(url(key)).isEmpty()
                && Set.of(BatchStatus.COMPLETE, BatchStatus.ERROR)
                        .contains(
                                ledger.find(batchOf(ledger, key)).orElseThrow().status());
    }

    private String batchOf(Ledger ledger, String key) {
        return ledger.known(url(key)).get(0).batch();
    }

    /** The metrics that the expressions of a dashboard, or of alert rules, name. */
    private static Set<String> named(String file) throws Exception {
        Object parsed =
                new Load(LoadSettings.builder().build()).loadFromString(Files.readString(MONITORING.resolve(file)));
        Set<String> names = new TreeSet<>();
        Pattern.compile("\\b(?:caravan|camel)_\\w+")
                .matcher(String.join("\n", expressions(parsed)))
                .results()
                .forEach(name -> names.add(name.group()));
        assertThat(names).as("metrics in " + file).isNotEmpty();
        return names;
    }

    private static Set<String> expressions(Object node) {
        Set<String> found = new TreeSet<>();
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if ("expr".equals(key)) {
                    found.add(String.valueOf(value));
                }
                found.addAll(expressions(value));
            });
        } else if (node instanceof Iterable<?> list) {
            list.forEach(each -> found.addAll(expressions(each)));
        }
        return found;
    }

    /** Histograms and summaries by the name that their parts have in common. */
    private static Set<String> metrics(Set<String> samples) {
        Set<String> names = new TreeSet<>();
        samples.stream()
                .filter(name -> !name.endsWith("_max"))
                .forEach(name -> names.add(name.replaceFirst("_(count|sum|bucket)$", "")));
        return names;
    }

    private static Set<String> docs() throws Exception {
        Set<String> names = new TreeSet<>();
        Pattern.compile("\n\\| `(caravan_\\w+)`")
                .matcher(Files.readString(Path.of("docs/reference/metrics.md")))
                .results()
                .forEach(row -> names.add(row.group(1)));
        return names;
    }
}
