package dev.caravan.ledger.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class GroupCommitTest {
    private static final int MOST = 16;

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger underway = new AtomicInteger();

    private static final class Turn extends GroupCommit.Wish {
        private int tries;
        private int decisions;

        void granted() {
            decisions++;
            decide();
        }
    }

    @Test
    @Timeout(30)
    void everyWishIsDecidedOnce_oneRequestAtATime_thoughSomeWaitTwice() throws Exception {
        List<GroupCommit<Turn>> self = new ArrayList<>();
        GroupCommit<Turn> commits =
                new GroupCommit<>(MOST, Duration.ofMillis(50), Duration.ofMillis(5), () -> request(self.get(0)));
        self.add(commits);
        int threads = 64;
        int each = 50;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(() -> {
                    int decisions = 0;
                    for (int j = 0; j < each; j++) {
                        Turn wish = new Turn();
                        commits.submit(wish);
                        decisions += wish.decisions;
                    }
                    return decisions;
                }));
            }
            for (Future<Integer> one : all) {
                assertThat(one.get()).isEqualTo(each);
            }
        } finally {
            pool.shutdown();
        }
        // A third of all wishes waits twice.
        assertThat(requests.get()).isBetween(threads * each / MOST, threads * each / 4);
    }

    @Test
    @Timeout(30)
    void whoIsAloneDoesNotWait() {
        List<GroupCommit<Turn>> self = new ArrayList<>();
        self.add(new GroupCommit<>(MOST, Duration.ofHours(1), Duration.ofHours(1), () -> request(self.get(0))));
        self.get(0).submit(new Turn());
        self.get(0).submit(new Turn());
        assertThat(requests.get()).isBetween(2, 4);
    }

    private void request(GroupCommit<Turn> commits) {
        assertThat(underway.incrementAndGet()).isEqualTo(1);
        List<Turn> group = new ArrayList<>();
        for (Turn next = commits.next(); next != null; next = group.size() < MOST ? commits.next() : null) {
            group.add(next);
        }
        commits.together(group.size());
        if (!group.isEmpty()) {
            requests.incrementAndGet();
        }
        takeTime();
        underway.decrementAndGet();
        for (Turn wish : group) {
            if (wish.tries++ == 0 && requests.get() % 3 == 0) {
                commits.back(wish);
            } else {
                wish.granted();
            }
        }
    }

    /** As a service would. */
    private static void takeTime() {
        try {
            TimeUnit.MILLISECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
