package dev.caravan.sandbox.chaos;

import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.chaos.check.Clusters;
import dev.caravan.sandbox.chaos.plan.ChaosFeed;
import dev.caravan.sandbox.chaos.plan.Ingredient;
import dev.caravan.sandbox.chaos.plan.PlannedFile;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What each ingredient does that passes. */
final class Interferences {
    private static final String JSONPATHS = "{\"jsonpaths\": [\"$.file\", \"$.row_no\", \"$.note\"]}";

    /** Files that an operator tries to reload at a time. */
    private static final int RELOADED = 2;

    private Interferences() {}

    static Map<Ingredient, Interference> all(
            Clusters clusters,
            S3Client s3,
            Landing landing,
            Operator operator,
            Supplier<List<PlannedFile>> uploaded,
            Consumer<String> cutReaders) {
        Map<Ingredient, Interference> all = new EnumMap<>(Ingredient.class);
        all.put(
                Ingredient.HUNG_CLUSTERS,
                of(
                        cluster -> clusters.way().swallow(),
                        cluster -> clusters.way().letThrough()));
        all.put(
                Ingredient.JSONPATHS,
                of(
                        nothing -> s3.deleteObject(
                                r -> r.bucket(landing.manifestBucket()).key(ChaosFeed.JSONPATHS_KEY)),
                        nothing -> putJsonpaths(s3, landing)));
        // COPY finds no field for the column that is more, in any file.
        all.put(
                Ingredient.CHANGED_TABLE,
                of(
                        feed -> clusters.insist(
                                ChaosFeed.FIRST, "ALTER TABLE public.chaos_" + feed + " ADD COLUMN more INT"),
                        feed -> clusters.insist(
                                ChaosFeed.FIRST, "ALTER TABLE public.chaos_" + feed + " DROP COLUMN more")));
        all.put(Ingredient.TABLES, of(cutReaders, cutReaders));
        all.put(
                Ingredient.PAUSES,
                of(
                        feed -> operator.give("pause", "feed", feed, "--reason", "chaos"),
                        feed -> operator.give("resume", "feed", feed)));
        all.put(
                Ingredient.OPERATOR,
                of(
                        nothing -> operator.give("reprocess", "batches", "--yes"),
                        nothing -> uploaded.get().stream()
                                .filter(file -> file.kind() == PlannedFile.Kind.FORBIDDEN
                                        || file.kind() == PlannedFile.Kind.BAD_ROW)
                                .limit(RELOADED)
                                .forEach(file -> operator.tryOnce("reload", file.url(landing.bucket())))));
        return all;
    }

    /** Puts the file of the feeds of {@link ChaosFeed.Kind#JSONPATHS} where they look for it. */
    static void putJsonpaths(S3Client s3, Landing landing) {
        s3.putObject(
                r -> r.bucket(landing.manifestBucket()).key(ChaosFeed.JSONPATHS_KEY),
                RequestBody.fromString(JSONPATHS));
    }

    private static Interference of(Consumer<String> begin, Consumer<String> end) {
        return new Interference() {
            @Override
            public void begin(String where) {
                begin.accept(where);
            }

            @Override
            public void end(String where) {
                end.accept(where);
            }
        };
    }
}
