package dev.caravan.sandbox.bench;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A feed of the bench, with a table of its own.
 *
 * @param number from 0
 * @param timeout seconds for which a batch's first file waits
 */
record BenchFeed(int number, int batchSize, int timeout) {
    String name() {
        return "bench%d".formatted(number);
    }

    String table() {
        return "public." + name();
    }

    String createTable() {
        return "CREATE TABLE " + table() + " (id BIGINT, note VARCHAR(100))";
    }

    /** The key of a file, as a delivery stream would name it: a path, the feed, and a UUID; exactly so many characters long if they are enough. */
    String key(String run, int file, int length) {
        String start = "in/" + name() + "/" + run + "/";
        String end = "-" + UUID.nameUUIDFromBytes((run + file).getBytes(StandardCharsets.UTF_8));
        return start + "x".repeat(Math.max(0, length - start.length() - end.length())) + end;
    }

    /** As a bean for Camel's YAML. */
    String yaml(String bucket) {
        return """
                - beans:
                    - name: %s
                      type: dev.caravan.feed.Feed
                      properties:
                        prefix: %s/in/%s/
                        table: %s
                        format: CSV
                        batchSize: %d
                        batchTimeout: %ds
                """.formatted(name(), bucket, name(), table(), batchSize, timeout);
    }
}
