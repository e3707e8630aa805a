package dev.caravan.pipeline.tabletoredshift.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows are taken no faster than they may be, and hardly slower; nobody who waits misses that the process stops, or that the table isn't ours any more. */
class RowRateTest {
    private static final Patience PATIENT = patience(() -> {});

    @ParameterizedTest
    @CsvSource({"200, 1", "5000, 1", "100000, 4", "2000000, 2"})
    void soManyRowsComeInASecond_whoeverTakesThem(int rate, int threads) throws Exception {
        Pace pace = Paces.of(OptionalInt.of(rate), Optional.empty(), PATIENT);
        long end = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        AtomicLong rows = new AtomicLong();
        long start = System.nanoTime();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(() -> {
                    while (System.nanoTime() < end) {
                        pace.row();
                        rows.incrementAndGet();
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(rows.get() / seconds)
                .isLessThanOrEqualTo(rate * 1.01 + threads)
                .isGreaterThan(rate * 0.7);
    }

    @Test
    void whatASlowSourceMissedIsntMadeUpForInOneGo() throws Exception {
        Pace pace = Paces.of(OptionalInt.of(1_000), Optional.empty(), PATIENT);
        pace.row();
        Thread.sleep(1_000); // a source that says nothing for a while
        long start = System.nanoTime();
        for (int i = 0; i < 300; i++) {
            pace.row();
        }
        assertThat(System.nanoTime() - start)
                .isGreaterThan(Duration.ofMillis(150).toNanos());
    }

    @Test
    void nothingIsAskedWhereThereIsNoBound() {
        assertThat(Paces.of(OptionalInt.empty(), Optional.empty(), PATIENT)).isSameAs(Pace.FREE);
    }

    @Test
    void aStopOfTheProcessEndsTheWaiting() throws Exception {
        AtomicBoolean stopping = new AtomicBoolean();
        Pace pace = Paces.of(
                OptionalInt.of(1), Optional.empty(), new Patience(stopping::get, () -> {}, Duration.ofHours(1)));
        for (int i = 0; i < 100; i++) {
            long start = System.nanoTime();
            if (i == 2) {
                stopping.set(true);
                assertThatThrownBy(pace::row)
                        .isInstanceOf(InterruptedIOException.class)
                        .hasMessageContaining("stops");
                assertThat(System.nanoTime() - start)
                        .isLessThan(Duration.ofMillis(900).toNanos());
                return;
            }
            pace.row();
        }
    }

    @Test
    void anInterruptionEndsTheWaiting() throws Exception {
        Pace pace = Paces.of(OptionalInt.of(1), Optional.empty(), PATIENT);
        pace.row();
        Thread.currentThread().interrupt();
        assertThatThrownBy(pace::row).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whoHasLostTheTableIsToldSoWhileWaiting() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Pace pace = Paces.of(OptionalInt.of(1), Optional.empty(), patience(() -> {
            if (asked.incrementAndGet() > 1) {
                throw new IOException("lost");
            }
        }));
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10; i++) {
                        pace.row();
                    }
                })
                .hasMessage("lost");
        assertThat(asked).hasValue(2);
    }

    private static Patience patience(Patience.Check check) {
        return new Patience(() -> false, check, Duration.ofMillis(100));
    }
}
