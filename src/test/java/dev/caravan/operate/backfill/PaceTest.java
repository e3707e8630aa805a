package dev.caravan.operate.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final AtomicLong now = new AtomicLong(1);
    private final List<Long> pauses = new ArrayList<>();

    @Test
    void theFirstGoesAtOnce_andEachWaitsForThoseBefore() {
        Pace pace = new Pace(200, now::get, this::pause);
        pace.take(100);
        pace.take(50);
        pace.take(1);
        assertThat(pauses).containsExactly(500L, 250L);
    }

    @Test
    void timeThatPassedWithoutSendingIsNotSavedUp() {
        Pace pace = new Pace(100, now::get, this::pause);
        pace.take(1);
        now.addAndGet(TimeUnit.HOURS.toNanos(1));
        pace.take(100);
        pace.take(1);
        assertThat(pauses).containsExactly(1000L);
    }

    @Test
    void aPauseThatEndsEarlyGoesOn() {
        Pace pace = new Pace(1, now::get, nanos -> pause(Math.max(1, nanos / 2)));
        pace.take(1);
        pace.take(1);
        assertThat(now.get()).isGreaterThan(TimeUnit.SECONDS.toNanos(1));
    }

    private void pause(long nanos) {
        pauses.add(TimeUnit.NANOSECONDS.toMillis(nanos));
        now.addAndGet(nanos);
    }
}
