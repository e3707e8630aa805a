package dev.caravan.pipeline.tabletoredshift.run;

import dev.caravan.pipeline.tabletoredshift.table.TableResult;
import dev.caravan.pipeline.tabletoredshift.table.UnitResult;
import dev.caravan.work.run.RunEnd;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/** What this instance has done for syncs since its start. What of it was loaded is counted with all loads. */
public final class SyncMeters {
    private final MeterRegistry registry;

    public SyncMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void tables(String sync, UnitResult result) {
        result.tables().forEach(one -> table(sync, one.result()));
    }

    private void table(String sync, TableResult result) {
        String outcome = result.error().isEmpty() ? "read" : "failed";
        count("caravan.sync.tables", "Tables of runs", Tags.of("sync", sync, "outcome", outcome), 1);
        count("caravan.sync.rows", "Rows that were read from sources", Tags.of("sync", sync), result.rows());
        count("caravan.sync.bytes", "Size of the parts that were written", Tags.of("sync", sync), result.bytes());
    }

    void run(String sync, RunEnd end) {
        count(
                "caravan.sync.runs",
                "Runs that ended",
                Tags.of("sync", sync, "status", end.status().word()),
                1);
    }

    private void count(String name, String description, Tags tags, long by) {
        Counter.builder(name)
                .description(description)
                .tags(tags)
                .register(registry)
                .increment((double) by);
    }
}
