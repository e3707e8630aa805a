package dev.caravan.sandbox.chaos;

import dev.caravan.sandbox.chaos.PlannedFile.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Which files come when: some evenly over the time, some in bursts; most small, a few larger. */
final class FilePlan {
    private static final int BURSTS = 6;
    private static final int BURST_MILLIS = 200;
    /** One file in so many is bad, in any feed: it must be set aside alone. */
    private static final int ONE_BAD_IN = 100;

    /** One file in so many is a hostile producer's, and of those one in so few is bad. */
    private static final int ONE_HOSTILE_IN = 12, ONE_HOSTILE_BAD_IN = 4;

    private final Random random;
    private final int millis;
    private final List<Integer> bursts;

    private FilePlan(Random random, Duration length) {
        this.random = random;
        millis = Math.toIntExact(length.toMillis());
        bursts = random.ints(BURSTS, 0, millis).boxed().toList();
    }

    static List<PlannedFile> of(Random random, Duration length, List<ChaosFeed> feeds, int count) {
        FilePlan plan = new FilePlan(random, length);
        List<PlannedFile> files = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
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
        // Some keys that an event has to encode.
        String name = "%05d%s.%s".formatted(number, number % 7 == 0 ? " ü+" : "", feed.json() ? "json" : "csv");
        boolean hostile = random.nextInt(ONE_HOSTILE_IN) == 0;
        return new PlannedFile(
                Duration.ofMillis(at),
                feed,
                name,
                hostile ? HostileWords.any(random) : "",
                rows,
                kind(hostile ? ONE_HOSTILE_BAD_IN : ONE_BAD_IN));
    }

    private Kind kind(int oneBadIn) {
        if (random.nextInt(oneBadIn) > 0) {
            return Kind.GOOD;
        }
        return random.nextBoolean() ? Kind.BAD_ROW : Kind.DELETED;
    }
}
