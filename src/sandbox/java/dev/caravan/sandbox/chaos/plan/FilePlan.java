package dev.caravan.sandbox.chaos.plan;

import dev.caravan.sandbox.chaos.plan.PlannedFile.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Which files come when: some evenly over the time, some in bursts; most small, a few larger. */
final class FilePlan {
    /** In the name of a file that S3 refuses to COPY. */
    static final String FORBIDDEN = "-forbidden";

    private static final int BURSTS = 6;
    private static final int BURST_MILLIS = 200;
    /** One file in so many is bad, in any feed: it must be set aside alone. */
    private static final int ONE_BAD_IN = 100;

    /** One file in so many is a hostile producer's, and of those one in so few is bad. */
    private static final int ONE_HOSTILE_IN = 12, ONE_HOSTILE_BAD_IN = 4;

    /** One file in so many of a feed with files of its own kind. */
    private static final int ONE_CORRUPT_IN = 10, ONE_SKIPPED_IN = 4, ONE_FORBIDDEN_IN = 50, ONE_OVERWRITTEN_IN = 8;

    private static final List<Kind> CORRUPT = List.of(Kind.PLAIN, Kind.CUT, Kind.EMPTY);

    private static final int LATEST_SOON_MILLIS = 8_000;

    private final Random random;
    private final Random more;
    private final Set<Ingredient> ingredients;
    private final int millis;
    private final List<Integer> bursts;
    private int corrupt;

    private FilePlan(Random random, ChaosOptions options) {
        this.random = random;
        more = new Random(options.seed() * 31);
        ingredients = options.ingredients();
        millis = Math.toIntExact(options.length().toMillis());
        bursts = random.ints(BURSTS, 0, millis).boxed().toList();
    }

    static List<PlannedFile> of(Random random, ChaosOptions options, List<ChaosFeed> feeds) {
        FilePlan plan = new FilePlan(random, options);
        List<PlannedFile> files = new ArrayList<>();
        for (int i = 1; i <= options.files(); i++) {
            files.add(plan.file(i, feeds.get(random.nextInt(feeds.size()))));
        }
        files.sort(Comparator.comparing(PlannedFile::at));
        return List.copyOf(files);
    }

    private PlannedFile file(int number, ChaosFeed feed) {
        int at = random.nextInt(3) > 0
                ? random.nextInt(millis)
                : Math.min(millis - 1, bursts.get(random.nextInt(BURSTS)) + random.nextInt(BURST_MILLIS));
        int rows = random.nextInt(40) == 0 ? 300 : 1 + random.nextInt(30);
        boolean hostile = random.nextInt(ONE_HOSTILE_IN) == 0;
        Kind usual = kind(hostile ? ONE_HOSTILE_BAD_IN : ONE_BAD_IN);
        Kind kind = kind(feed, usual);
        // Some keys that an event has to encode.
        String name = "%05d%s%s.%s"
                .formatted(
                        number,
                        kind == Kind.FORBIDDEN ? FORBIDDEN : "",
                        number % 7 == 0 ? " ü+" : "",
                        feed.kind() == ChaosFeed.Kind.GZIP ? "csv.gz" : feed.isJson() ? "json" : "csv");
        String words = hostile ? HostileWords.any(random) : "";
        return new PlannedFile(Duration.ofMillis(at), feed, name, words, rows, kind, overwrite(feed, kind, rows));
    }

    /** Of any feed. */
    private Kind kind(int oneBadIn) {
        if (random.nextInt(oneBadIn) > 0) {
            return Kind.GOOD;
        }
        return random.nextBoolean() ? Kind.BAD_ROW : Kind.DELETED;
    }

    /** Of this one. */
    private Kind kind(ChaosFeed feed, Kind usual) {
        return switch (feed.kind()) {
            case CSV, JSON ->
                usual == Kind.GOOD && ingredients.contains(Ingredient.FORBIDDEN) && one(ONE_FORBIDDEN_IN)
                        ? Kind.FORBIDDEN
                        : usual;
            case GZIP -> one(ONE_CORRUPT_IN) ? CORRUPT.get(corrupt++ % CORRUPT.size()) : usual;
            case MAXERROR -> usual == Kind.BAD_ROW || one(ONE_SKIPPED_IN) ? Kind.SKIPPED_ROWS : Kind.GOOD;
            case MERGE, JSONPATHS, CHANGING -> usual == Kind.DELETED ? Kind.GOOD : usual;
        };
    }

    private Optional<Overwrite> overwrite(ChaosFeed feed, Kind kind, int rows) {
        boolean may = feed.kind() == ChaosFeed.Kind.CSV || feed.kind() == ChaosFeed.Kind.JSON;
        if (!may || kind != Kind.GOOD || !ingredients.contains(Ingredient.OVERWRITES) || !one(ONE_OVERWRITTEN_IN)) {
            return Optional.empty();
        }
        List<Overwrite.Moment> moments = List.of(Overwrite.Moment.values());
        return Optional.of(new Overwrite(
                moments.get(more.nextInt(moments.size())),
                Duration.ofMillis(more.nextInt(Math.min(LATEST_SOON_MILLIS, millis / 3))),
                more.nextBoolean() ? rows : rows + 1 + more.nextInt(20)));
    }

    private boolean one(int in) {
        return more.nextInt(in) == 0;
    }
}
