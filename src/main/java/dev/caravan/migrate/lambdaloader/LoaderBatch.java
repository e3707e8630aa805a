package dev.caravan.migrate.lambdaloader;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An item of {@code LambdaRedshiftBatches}.
 *
 * @param status {@code open}, {@code locked}, {@code complete}, {@code error} or {@code reprocessed}
 * @param entries its files, {@code bucket/key} as the loader wrote them: see {@link LoaderFile}
 * @param manifest {@code bucket/key} of its manifest; empty if it has none yet
 * @param updated when it was changed last
 * @param clusters whether each cluster that it was loaded into took it, by the cluster's endpoint; empty if that isn't known
 * @param bytes the item's size
 */
record LoaderBatch(
        String id,
        String s3Prefix,
        String status,
        List<String> entries,
        Optional<String> manifest,
        Instant updated,
        Map<String, Boolean> clusters,
        long bytes) {
    static final String OPEN = "open";
    static final String LOCKED = "locked";
    static final String COMPLETE = "complete";
    static final String ERROR = "error";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static LoaderBatch of(Item item) {
        return new LoaderBatch(
                item.text("batchId").orElse(""),
                item.text("s3Prefix").orElse(""),
                item.text("status").orElse(OPEN),
                Stream.concat(item.list("entries").stream(), item.list("entryMap").stream())
                        .flatMap(LoaderBatch::file)
                        .toList(),
                item.text("manifestFile"),
                item.text("lastUpdate").map(LoaderBatch::time).orElse(Instant.EPOCH),
                item.text("clusterLoadStatus").map(LoaderBatch::clusters).orElse(Map.of()),
                item.bytes());
    }

    boolean is(String wanted) {
        return status.equals(wanted);
    }

    /** Whether some clusters took it and others didn't. */
    boolean isPartlyLoaded() {
        return clusters.containsValue(true) && clusters.containsValue(false);
    }

    /** Older versions keep a set of names, newer ones a list of maps with sizes. */
    private static Stream<String> file(Object entry) {
        return entry instanceof Map<?, ?> map
                ? Item.within(map).text("file").stream()
                : Stream.of(String.valueOf(entry));
    }

    /** Seconds since 1970, with parts of a second. */
    private static Instant time(String seconds) {
        try {
            return Instant.ofEpochMilli(
                    new BigDecimal(seconds).movePointRight(3).longValue());
        } catch (NumberFormatException e) {
            return Instant.EPOCH;
        }
    }

    private static Map<String, Boolean> clusters(String json) {
        Map<String, Boolean> clusters = new TreeMap<>();
        try {
            for (Map.Entry<String, JsonNode> cluster : JSON.readTree(json).properties()) {
                clusters.put(cluster.getKey(), cluster.getValue().path("status").asInt(-1) == 0);
            }
        } catch (JsonProcessingException e) {
            return Map.of();
        }
        return clusters;
    }
}
