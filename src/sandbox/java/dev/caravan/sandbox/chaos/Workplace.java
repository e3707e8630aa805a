package dev.caravan.sandbox.chaos;

import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.RouteFolders;
import dev.caravan.sandbox.Sandbox;
import dev.caravan.sandbox.chaos.check.Clusters;
import dev.caravan.sandbox.chaos.plan.ChaosFeed;
import dev.caravan.sandbox.chaos.plan.Plan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folder in which the instances run: the shipped settings with a second cluster, feeds of the run's own, and logs. */
final class Workplace {
    static final Path FOLDER = Path.of("target", "chaos");

    private Workplace() {}

    /**
     * Empties the folder of the last run's files and writes this one's.
     *
     * @param settings lines of application.properties, beside those of every run
     * @param syncs beans; empty for none
     */
    static void prepare(Plan plan, Landing landing, List<String> settings, String syncs) {
        try {
            Path routes = Files.createDirectories(FOLDER.resolve("routes"));
            try (Stream<Path> old = Files.list(FOLDER)) {
                for (Path file : old.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
            Files.write(
                    FOLDER.resolve("application.properties"),
                    Stream.concat(settings().stream(), settings.stream()).toList());
            Files.writeString(routes.resolve("syncs.camel.yaml"), syncs.isEmpty() ? "- beans: []" : syncs);
            Files.writeString(
                    routes.resolve("feeds.camel.yaml"),
                    plan.feeds().stream()
                            .map(feed -> feed.yaml(landing.bucket(), landing.manifestBucket()))
                            .collect(Collectors.joining()));
            Files.writeString(
                    FOLDER.resolve("plan.txt"),
                    plan.troubles().stream().map(t -> t + "\n").collect(Collectors.joining()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the docs say: for another cluster, the block of {@code redshift} again under another name. */
    private static List<String> settings() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(Path.of("application.properties")));
        lines.addAll(lines.stream()
                .filter(line -> line.startsWith("camel.beans.redshift") || line.startsWith("caravan.redshift."))
                .map(line -> line.replace("camel.beans.redshift", "camel.beans." + ChaosFeed.SECOND)
                        .replace("caravan.redshift.url", "caravan.second.url"))
                .filter(line -> !line.startsWith("caravan.redshift."))
                .toList());
        return lines;
    }

    /** What every instance is told. */
    static Map<String, String> environment(Sandbox sandbox, Landing landing, Clusters clusters) {
        Map<String, String> environment = new LinkedHashMap<>(sandbox.environment());
        environment.putAll(clusters.environment());
        environment.put("CARAVAN_QUEUE", landing.queueName());
        environment.put("CARAVAN_DEAD_LETTER_QUEUE", landing.deadLetterQueueName());
        environment.put("CARAVAN_MANIFEST_PREFIX", landing.manifestBucket() + "/manifests");
        environment.put("CARAVAN_LOADED_TOPIC", landing.loadedTopicArn());
        environment.put("CARAVAN_FAILED_TOPIC", landing.failedTopicArn());
        environment.put("CARAVAN_LEDGER_LEASE", Plan.LEASE.toSeconds() + "s");
        environment.put("CARAVAN_LOAD_AT_MOST", "20s"); // so that a hung load is over while the run waits for it
        environment.put("CARAVAN_SYNC_LOOK_EVERY", "1s");
        environment.put("CARAVAN_RECEIVE_WAIT_SECONDS", "1");
        environment.put("CAMEL_MAIN_ROUTES_INCLUDE_PATTERN", RouteFolders.pattern() + ",file:routes/*.camel.yaml");
        return environment;
    }
}
