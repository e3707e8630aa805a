package dev.caravan.operate.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at something that costs, in the background, and at most once in a while: when somebody asks. What fails is
 * tried again as late; who needs the service has told of its trouble.
 */
final class Looked {
    private static final Logger LOG = LoggerFactory.getLogger(Looked.class);

    private final Runnable look;
    private final Duration pause;
    private final Executor executor;
    private final Clock clock;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile Instant next = Instant.MIN;
    private volatile Instant last;

    Looked(Runnable look, Duration pause, Executor executor, Clock clock) {
        this.look = look;
        this.pause = pause;
        this.executor = executor;
        this.clock = clock;
        last = clock.instant();
    }

    /** Somebody wants to know: looks again, in the background, if that is due. */
    void ask() {
        Instant now = clock.instant();
        if (!next.isAfter(now) && looking.compareAndSet(false, true)) {
            next = now.plus(pause);
            executor.execute(this::look);
        }
    }

    /** Seconds since the last look that succeeded, else since the start. */
    double age() {
        ask();
        return Duration.between(last, clock.instant()).toMillis() / 1000.0;
    }

    private void look() {
        try {
            look.run();
            last = clock.instant();
        } catch (RuntimeException e) {
            LOG.debug("Metrics stay as they were: {}", e.getMessage());
        } finally {
            looking.set(false);
        }
    }
}
