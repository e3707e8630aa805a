package dev.caravan.work.run;

import java.util.Optional;
import org.quartz.CronExpression;

/** Something that runs at its times: a sync, a mirror, an export. */
public interface Scheduled {
    String name();

    /** When it runs; empty if only when it is told to. */
    Optional<CronExpression> schedule();

    /** When a run takes everything, whatever it does usually. */
    default Optional<CronExpression> fullEvery() {
        return Optional.empty();
    }
}
