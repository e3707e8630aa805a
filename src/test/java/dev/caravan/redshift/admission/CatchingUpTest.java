package dev.caravan.redshift.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.MutableClock;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchPace;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.Stage;
import dev.caravan.feed.Feed;
import dev.caravan.outcome.Outcome;
import dev.caravan.pipeline.s3toredshift.AutoBatches;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code batchSize: auto} against a table that takes one COPY at a time, in minutes and hours of a clock that is turned by hand. */
class CatchingUpTest {
    private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
    private static final Duration TICK = Duration.ofMillis(100);

    private final MutableClock clock = new MutableClock(START);
    private final Feed feed = auto();
    private final List<Batch> locked = new ArrayList<>();
    private final Deque<Integer> queue = new ArrayDeque<>();
    private final AutoBatches batches = new AutoBatches(
            name -> locked.subList(Math.max(0, locked.size() - 20), locked.size()),
            name -> List.of(),
            new ClusterSlices(cluster -> Optional.empty(), clock),
            Runnable::run,
            clock);
    private double arrived;
    private int open;
    private Instant opened = START;
    private Instant copyEnds = Instant.MAX;

    @ParameterizedTest
    @CsvSource({"20, 6000, 0", "20, 6000, 300", "50, 6000, 0", "3, 60000, 50", "20, 15000, 600"})
    void itCatchesUpFromAnyBacklog_andShrinksAgain(double filesPerSecond, long copyMillis, int backlog) {
        for (int i = 0; i < backlog; i++) {
            lock(4);
        }
        for (int hour = 0; hour < 8 && (hour == 0 || queue.size() > 2); hour++) {
            run(Duration.ofHours(1), filesPerSecond, copyMillis);
        }
        assertThat(queue).hasSizeLessThanOrEqualTo(2);
        assertThat(batches.files(feed)).isGreaterThan(BatchPace.SLICES_UNKNOWN);
        run(Duration.ofHours(2), 0.05, copyMillis / 10);
        assertThat(batches.files(feed)).isEqualTo(BatchPace.SLICES_UNKNOWN);
        assertThat(queue).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void beforeTheFirstCopyHasEndedNotManyBatchesPileUpBehindIt() {
        run(Duration.ofMinutes(10), 20, Duration.ofHours(1).toMillis());
        assertThat(queue).hasSizeLessThan(30);
    }

    private void run(Duration length, double filesPerSecond, long copyMillis) {
        for (Instant end = clock.instant().plus(length); clock.instant().isBefore(end); clock.advance(TICK)) {
            arrived += filesPerSecond * TICK.toMillis() / 1000;
            for (; arrived >= 1; arrived--) {
                opened = open++ == 0 ? clock.instant() : opened;
                lockIf(open >= batches.files(feed));
            }
            lockIf(open > 0 && !opened.plus(feed.batchTimeout()).isAfter(clock.instant()));
            copy(copyMillis);
        }
    }

    private void lockIf(boolean complete) {
        if (complete) {
            lock(open);
            open = 0;
        }
    }

    private void lock(int files) {
        queue.add(locked.size());
        locked.add(batch(locked.size(), files, opened, clock.instant(), Map.of()));
    }

    /** One at a time, oldest first: as long as that takes, and 5 ms for each file. */
    private void copy(long millis) {
        if (!copyEnds.isAfter(clock.instant())) {
            int number = queue.remove();
            Batch batch = locked.get(number);
            long took = millis + 5 * batch.files();
            Outcome loaded = new Outcome.Loaded("redshift", clock.instant(), 1, took, "");
            Batch done = batch(
                    number, batch.files(), batch.first(), batch.locked().orElseThrow(), Map.of("redshift", loaded));
            locked.set(number, done);
            batches.ended(done);
            copyEnds = Instant.MAX;
        }
        if (copyEnds.equals(Instant.MAX) && !queue.isEmpty()) {
            copyEnds = clock.instant()
                    .plusMillis(millis + 5 * locked.get(queue.element()).files());
        }
    }

    private static Batch batch(int number, long files, Instant first, Instant at, Map<String, Outcome> outcomes) {
        return new Batch(
                "web-" + number,
                "web",
                "web",
                Batch.SHARED,
                outcomes.isEmpty() ? BatchStatus.LOCKED : BatchStatus.COMPLETE,
                Stage.COPY,
                files,
                files,
                1,
                first,
                at,
                Optional.of(at),
                1,
                0,
                "",
                "",
                outcomes,
                0,
                List.of(),
                Map.of(),
                0,
                Optional.empty());
    }

    private static Feed auto() {
        Feed feed = new Feed();
        feed.set("clusters", "redshift");
        feed.set("batchSize", "auto");
        return feed;
    }
}
