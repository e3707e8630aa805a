package dev.caravan.sandbox.chaos;

import java.util.List;
import java.util.Random;

/**
 * A feed of the run, with a table of its own.
 *
 * @param clusters the names of the clusters that it loads
 * @param json whether its files are JSON; else they are CSV
 */
record ChaosFeed(String name, List<String> clusters, boolean json, int batchSize, int batchTimeoutSeconds) {
    static final String FIRST = "redshift", SECOND = "second";

    static List<ChaosFeed> all(Random random) {
        return List.of(
                feed("orders", List.of(FIRST, SECOND), false, random),
                feed("clicks", List.of(FIRST), true, random),
                feed("sensors", List.of(SECOND), false, random));
    }

    private static ChaosFeed feed(String name, List<String> clusters, boolean json, Random random) {
        return new ChaosFeed(name, clusters, json, 5 + random.nextInt(46), 1 + random.nextInt(3));
    }

    String table() {
        return "public.chaos_" + name;
    }

    String createTable() {
        return "CREATE TABLE " + table() + " (file VARCHAR(100), row_no INT, note VARCHAR(100))";
    }

    /** The prefix of its objects' keys. */
    String prefix() {
        return "in/" + name + "/";
    }

    /** As a bean for Camel's YAML. */
    String yaml(String bucket) {
        return """
                - beans:
                    - name: %s
                      type: dev.caravan.feed.Feed
                      properties:
                        prefix: %s/%s
                        table: %s
                        format: %s
                        clusters: %s
                        batchSize: %d
                        batchTimeout: %ds
                """.formatted(
                        name,
                        bucket,
                        prefix(),
                        table(),
                        json ? "JSON" : "CSV",
                        String.join(",", clusters),
                        batchSize,
                        batchTimeoutSeconds);
    }
}
