package dev.caravan.sandbox.chaos.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A feed of the run, with a table of its own.
 *
 * @param clusters the names of the clusters that it loads
 */
public record ChaosFeed(String name, List<String> clusters, Kind kind, int batchSize, int batchTimeoutSeconds) {
    public static final String FIRST = "redshift", SECOND = "second";
    /** In the bucket of manifests, where no event comes of it. */
    public static final String JSONPATHS_KEY = "chaos/paths.json";

    public enum Kind {
        CSV,
        JSON,
        /** Compressed CSV, of which some files are corrupt. */
        GZIP,
        /** CSV that is merged by two keys. */
        MERGE,
        /** CSV of which COPY leaves out bad rows. */
        MAXERROR,
        /** JSON by a jsonpaths file that is gone now and then. */
        JSONPATHS,
        /** CSV for a table that has another shape now and then. */
        CHANGING
    }

    static List<ChaosFeed> all(Random random, Set<Ingredient> ingredients) {
        List<ChaosFeed> feeds = new ArrayList<>(List.of(
                feed("orders", List.of(FIRST, SECOND), Kind.CSV, random),
                feed("clicks", List.of(FIRST), Kind.JSON, random),
                feed("sensors", List.of(SECOND), Kind.CSV, random)));
        List<ChaosFeed> more = List.of(
                feed("zipped", List.of(SECOND), Kind.GZIP, random),
                feed("merged", List.of(FIRST, SECOND), Kind.MERGE, random),
                feed("loose", List.of(FIRST), Kind.MAXERROR, random),
                feed("paths", List.of(SECOND), Kind.JSONPATHS, random),
                feed("changing", List.of(FIRST), Kind.CHANGING, random));
        more.stream().filter(feed -> feed.isWanted(ingredients)).forEach(feeds::add);
        return List.copyOf(feeds);
    }

    private static ChaosFeed feed(String name, List<String> clusters, Kind kind, Random random) {
        return new ChaosFeed(name, clusters, kind, 5 + random.nextInt(46), 1 + random.nextInt(3));
    }

    private boolean isWanted(Set<Ingredient> ingredients) {
        return switch (kind) {
            case CSV, JSON -> true;
            case GZIP -> ingredients.contains(Ingredient.CORRUPT);
            case MERGE -> ingredients.contains(Ingredient.MERGE);
            case MAXERROR -> ingredients.contains(Ingredient.MAXERROR);
            case JSONPATHS -> ingredients.contains(Ingredient.JSONPATHS);
            case CHANGING -> ingredients.contains(Ingredient.CHANGED_TABLE);
        };
    }

    boolean isJson() {
        return kind == Kind.JSON || kind == Kind.JSONPATHS;
    }

    /** Whether good files of it may be set aside, or their batches fail, until an operator has mended what was wrong. */
    public boolean isMendedByHand() {
        return kind == Kind.JSONPATHS || kind == Kind.CHANGING;
    }

    public String table() {
        return "public.chaos_" + name;
    }

    public String createTable() {
        return "CREATE TABLE " + table()
                + (kind == Kind.MERGE
                        ? " (id INT, part INT, seq INT, file VARCHAR(100), row_no INT)"
                        : " (file VARCHAR(100), row_no INT, note VARCHAR(100))");
    }

    /** The prefix of its objects' keys. */
    String prefix() {
        return "in/" + name + "/";
    }

    /** As a bean for Camel's YAML. */
    public String yaml(String bucket, String manifestBucket) {
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
                                switch (kind) {
                                    case JSON -> "JSON";
                                    case JSONPATHS -> "\"JSON 's3://" + manifestBucket + "/" + JSONPATHS_KEY + "'\"";
                                    default -> "CSV";
                                },
                                String.join(",", clusters),
                                batchSize,
                                batchTimeoutSeconds)
                + switch (kind) {
                    case GZIP -> property("copyOptions", "GZIP");
                    case MAXERROR -> property("copyOptions", "MAXERROR 100000");
                    case MERGE ->
                        property("writeMode", "overwriteExisting")
                                + property("keys", "id, part")
                                + property("orderBy", "seq");
                    default -> "";
                };
    }

    private static String property(String name, String value) {
        return "        %s: %s\n".formatted(name, value);
    }
}
