package dev.caravan.pipeline.tabletoredshift.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.LedgerSettings;
import dev.caravan.ledger.dynamo.DynamoDbLedger;
import dev.caravan.ledger.runs.Beginning;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.ledger.runs.Runs;
import dev.caravan.pipeline.tabletoredshift.sync.Syncs;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import dev.caravan.pipeline.tabletoredshift.sync.TableSyncConfigurer;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.work.run.RunSchedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SyncScheduleTest {
    private static int tests;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    private final Clock clock =
            InstantSource.tick(now::get, Duration.ofMillis(1)).withZone(ZoneOffset.UTC);
    private final LedgerSettings settings =
            new LedgerSettings("schedule-" + ++tests, "me", Duration.ofMinutes(1), Duration.ofDays(400));
    private final Runs runs = new Runs(SharedSandbox.get().dynamoDb(), settings, clock);

    SyncScheduleTest() {
        new DynamoDbLedger(SharedSandbox.get().dynamoDb(), settings, clock).createTables();
    }

    @Test
    void whatIsMissedIsCaughtUpOnce_withTheTimeOfTheLast() {
        TableSync sync = sync(Map.of("schedule", "0 0 * * * ?"));
        RunSchedule<TableSync> schedule = new RunSchedule<>(runs, clock);
        assertThat(schedule.due(List.of(sync))).as("not before its time").isEmpty();
        now.set(Instant.parse("2026-03-01T14:30:00Z"));
        RunSchedule.Due<TableSync> due = schedule.due(List.of(sync)).get(0);
        assertThat(due.planned()).isEqualTo("2026-03-01T14:00:00Z");
        begin(due);
        schedule.begun(due);
        assertThat(schedule.due(List.of(sync))).isEmpty();
        assertThat(new RunSchedule<TableSync>(runs, clock).due(List.of(sync)))
                .as("another instance")
                .isEmpty();
        now.set(Instant.parse("2026-03-01T15:00:00Z"));
        assertThat(schedule.due(List.of(sync))).hasSize(1);
    }

    @Test
    void timesAreThoseOfTheZone() {
        TableSync sync = sync(Map.of("schedule", "0 0 3 * * ?", "timeZone", "Asia/Tokyo"));
        RunSchedule<TableSync> schedule = new RunSchedule<>(runs, clock);
        now.set(Instant.parse("2026-03-01T17:59:59Z"));
        assertThat(schedule.due(List.of(sync))).isEmpty();
        now.set(Instant.parse("2026-03-01T18:00:00Z"));
        assertThat(schedule.due(List.of(sync)).get(0).planned()).isEqualTo("2026-03-01T18:00:00Z");
    }

    @Test
    void aFullRunComesAtItsTime_alsoIfItWasMissed() {
        TableSync sync = sync(Map.of(
                "mode", "incremental", "watermark", "t", "schedule", "0 0 * * * ?", "fullEvery", "0 30 11 * * ?"));
        RunSchedule<TableSync> schedule = new RunSchedule<>(runs, clock);
        schedule.due(List.of(sync));
        now.set(Instant.parse("2026-03-01T11:00:00Z"));
        RunSchedule.Due<TableSync> usual = schedule.due(List.of(sync)).get(0);
        assertThat(usual.full()).isFalse();
        begin(usual);
        schedule.begun(usual);
        now.set(Instant.parse("2026-03-01T13:10:00Z"));
        RunSchedule.Due<TableSync> full = schedule.due(List.of(sync)).get(0);
        assertThat(full.full()).as("of 11:30").isTrue();
        assertThat(full.planned()).isEqualTo("2026-03-01T13:00:00Z");
    }

    @Test
    void aSyncWithoutAScheduleIsNeverDue() {
        TableSync sync = sync(Map.of());
        RunSchedule<TableSync> schedule = new RunSchedule<>(runs, clock);
        now.set(Instant.parse("2027-03-01T13:10:00Z"));
        assertThat(schedule.due(List.of(sync))).isEmpty();
    }

    private void begin(RunSchedule.Due<TableSync> due) {
        var run = ((Beginning.Begun) runs.begin("shop", due.planned(), SyncStages.PLAN, "")).run();
        runs.end(run, RunStatus.COMPLETE, "", Map.of());
    }

    private static TableSync sync(Map<String, String> properties) {
        TableSync sync = TableSyncConfigurer.sync(properties);
        return new Syncs(() -> Map.of("shop", sync), Map.of()).named("shop").orElseThrow();
    }
}
