package dev.caravan.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.outcome.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** A batch's size is a multiple of the slices, bounded, and never smaller when files come faster or COPY takes longer. */
class BatchPaceTest {
    private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
    private static final int MOST = 10_000;

    @Property
    void theSizeIsAMultipleOfTheSlices_withRoomForWhatArrives_orTheLargestThereIs(
            @ForAll @IntRange(min = 1, max = 20_000) int slices,
            @ForAll @DoubleRange(min = 0, max = 1e6) double rate,
            @ForAll @LongRange(min = 0, max = 100_000_000) long copyMillis) {
        int files = pace(slices, rate, copyMillis).files(MOST);
        assertThat(files).isBetween(1, MOST);
        if (slices > MOST) {
            assertThat(files).isEqualTo(MOST);
        } else {
            assertThat(files % slices).isZero();
            double arriving = rate * copyMillis / 1000;
            assertThat(files >= 2 * arriving || files + slices > MOST).isTrue();
            assertThat(files == slices || files - slices < 2 * arriving).isTrue();
        }
    }

    @Property
    void theSizeGrowsWithTheRateAndWithTheTimeOfCopy(
            @ForAll @IntRange(min = 1, max = 512) int slices,
            @ForAll @DoubleRange(min = 0, max = 1e6) double rate,
            @ForAll @DoubleRange(min = 0, max = 1e6) double faster,
            @ForAll @LongRange(min = 0, max = 100_000_000) long copyMillis,
            @ForAll @LongRange(min = 0, max = 100_000_000) long longer) {
        int files = pace(slices, rate, copyMillis).files(MOST);
        assertThat(pace(slices, rate + faster, copyMillis).files(MOST)).isGreaterThanOrEqualTo(files);
        assertThat(pace(slices, rate, copyMillis + longer).files(MOST)).isGreaterThanOrEqualTo(files);
    }

    @Property
    void aSteadyStreamIsMeasuredAsWhatItIs_inWhateverOrderItsBatchesAreRead(
            @ForAll @IntRange(min = 1, max = 1000) int files, @ForAll @IntRange(min = 2, max = 600) int seconds) {
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            batches.add(batch(i, files, START.plusSeconds((long) i * seconds), seconds, 4_000));
        }
        Collections.shuffle(batches);
        BatchPace pace =
                BatchPace.of(OptionalInt.of(16), batches, List.of(), START.plusSeconds(10L * seconds + seconds / 2));
        assertThat(pace.filesPerSecond()).isBetween(0.999 * files / seconds, 1.001 * files / seconds);
        assertThat(pace.copy()).isEqualTo(Duration.ofSeconds(4));
    }

    @Example
    void silenceMakesBatchesSmallAgain_andSoDoFastCopies() {
        List<Batch> batches = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            batches.add(batch(i, 320, START.plusSeconds(i * 10L), 10, 60_000));
        }
        Instant last = START.plusSeconds(100);
        assertThat(BatchPace.of(OptionalInt.of(16), batches, List.of(), last).files(MOST))
                .isEqualTo(3_840);
        assertThat(BatchPace.of(OptionalInt.of(16), batches, List.of(), last.plus(Duration.ofHours(2)))
                        .files(MOST))
                .isLessThanOrEqualTo(32);
        for (int i = 10; i < 15; i++) {
            batches.add(batch(i, 320, START.plusSeconds(i * 10L), 10, 100));
        }
        assertThat(BatchPace.of(OptionalInt.of(16), batches, List.of(), START.plusSeconds(150))
                        .files(MOST))
                .isLessThan(3_840 / 4);
    }

    @Example
    void beforeTheFirstCopyEndsABatchHoldsWhatArrivesWhileTheOldestWaits() {
        Batch waiting = batch(0, 100, START, 10, 0);
        BatchPace pace = BatchPace.of(OptionalInt.empty(), List.of(waiting), List.of(), START.plusSeconds(20));
        assertThat(pace.filesPerSecond()).isEqualTo(10);
        assertThat(pace.files(MOST)).isEqualTo(4 * BatchPace.SLICES_UNKNOWN);
        assertThat(BatchPace.of(OptionalInt.of(2), List.of(), List.of(), START).files(MOST))
                .isEqualTo(2);
    }

    @Example
    void whatCopyTakesIsKnownFromOlderBatches_whenAllOfTheNewestWait() {
        List<Batch> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(batch(100 + i, 4, START.plusMillis(200L * i), 0, 0));
        }
        Instant now = START.plusSeconds(4);
        BatchPace pace = BatchPace.of(OptionalInt.of(4), waiting, List.of(batch(1, 4, START, 0, 6_000)), now);
        assertThat(pace.copy()).isEqualTo(Duration.ofSeconds(6));
        assertThat(pace.filesPerSecond()).isBetween(18.0, 22.0);
        assertThat(pace.files(MOST)).isBetween(2_000, 2_600);
        assertThat(pace.inWords(MOST)).contains("COPY takes 6 s, 20 batches wait, 20 files/s");
    }

    @Example
    void aPersonReadsWhatItIsAndWhy() {
        assertThat(pace(32, 12, 4_000).inWords(MOST))
                .isEqualTo("auto (currently 96: 32 slices, COPY takes 4 s, 12 files/s)");
        assertThat(new BatchPace(OptionalInt.empty(), 0.25, Duration.ZERO, Duration.ZERO).inWords(MOST))
                .isEqualTo("auto (currently 32: slices unknown, taken as 32, no COPY seen yet, 0.3 files/s)");
    }

    private static BatchPace pace(int slices, double rate, long copyMillis) {
        return new BatchPace(OptionalInt.of(slices), rate, Duration.ofMillis(copyMillis), Duration.ZERO);
    }

    /** @param copyMillis 0 for a batch that isn't loaded yet */
    private static Batch batch(int number, int files, Instant first, int openSeconds, long copyMillis) {
        return new Batch(
                "web-" + number,
                "web",
                "web",
                Batch.SHARED,
                BatchStatus.LOCKED,
                Stage.COPY,
                files,
                files,
                1,
                first,
                first.plusSeconds(openSeconds),
                Optional.of(first.plusSeconds(openSeconds)),
                1,
                0,
                "",
                "",
                copyMillis == 0
                        ? Map.of()
                        : Map.of("redshift", new Outcome.Loaded("redshift", first, 1, copyMillis, "")),
                0,
                List.of(),
                Map.of(),
                0,
                Optional.empty());
    }
}
