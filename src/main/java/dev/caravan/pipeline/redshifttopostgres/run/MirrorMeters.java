package dev.caravan.pipeline.redshifttopostgres.run;

import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.work.run.RunEnd;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.List;

/** What this instance has done for mirrors since its start. */
public final class MirrorMeters {
    private final MeterRegistry registry;

    public MirrorMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void run(Run run, RunEnd end, Instant now) {
        count(
                "caravan.mirror.runs",
                "Runs that ended",
                Tags.of("mirror", run.name(), "status", end.status().word()),
                1);
        if (end.status() == RunStatus.COMPLETE) {
            for (String change : List.of("inserted", "updated", "deleted")) {
                count(
                        "caravan.mirror.rows",
                        "Rows that were changed in targets",
                        Tags.of("mirror", run.name(), "change", change),
                        end.counts().getOrDefault(change, 0L));
            }
        }
    }

    private void count(String name, String description, Tags tags, long by) {
        Counter.builder(name)
                .description(description)
                .tags(tags)
                .register(registry)
                .increment((double) by);
    }
}
