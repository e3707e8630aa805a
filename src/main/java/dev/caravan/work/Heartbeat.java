package dev.caravan.work;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.spi.ExecutorServiceManager;

/** Renews the leases of what this instance works on, three times in the life of one. */
public final class Heartbeat {
    private final ExecutorServiceManager threads;
    private final ScheduledExecutorService beat;
    private final ExecutorService renewals;

    /**
     * Begins to beat.
     *
     * @param lease how long something stays a silent instance's
     */
    public Heartbeat(ExecutorServiceManager threads, Leases leases, Duration lease) {
        this.threads = threads;
        beat = threads.newSingleThreadScheduledExecutor(this, "CaravanHeartbeat");
        renewals = threads.newFixedThreadPool(this, "CaravanLeases", Leases.AT_ONCE);
        leases.runIn(renewals);
        long millis = Math.max(1, lease.toMillis() / 3);
        var unused = beat.scheduleWithFixedDelay(leases, millis, millis, TimeUnit.MILLISECONDS);
    }

    public void stop() {
        threads.shutdownNow(beat);
        threads.shutdownNow(renewals);
    }
}
