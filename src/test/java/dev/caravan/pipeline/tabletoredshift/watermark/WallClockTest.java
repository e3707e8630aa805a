package dev.caravan.pipeline.tabletoredshift.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.pipeline.tabletoredshift.source.SourceKind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clocks on walls are put back and forward; rows of a column that has their time come, and where they are only added, come once. */
class WallClockTest {
    private static final Pattern BOUND = Pattern.compile("(>=|<) TIMESTAMP '([^']+)'");
    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, 2026-10-25T01:00:00Z",
        "Europe/Berlin, 2026-03-29T01:00:00Z",
        "America/New_York, 2026-11-01T06:00:00Z",
        "Australia/Lord_Howe, 2026-04-04T15:00:00Z",
        "Pacific/Apia, 2011-12-30T10:00:00Z",
        "UTC, 2026-01-01T00:00:00Z"
    })
    void noRowIsSkippedAndNoneComesTwice(String zone, Instant change) {
        for (long seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            ZoneId clock = ZoneId.of(zone);
            Instant from = change.minus(Duration.ofHours(5)), until = change.plus(Duration.ofHours(5));
            List<Instant> rows = new ArrayList<>();
            for (Instant row = from; row.isBefore(until); row = row.plusSeconds(1 + random.nextInt(400))) {
                rows.add(row);
            }
            Optional<Watermark> mergedLow = Optional.empty(), addedLow = Optional.empty();
            Set<Instant> merged = new TreeSet<>();
            List<Instant> added = new ArrayList<>();
            Instant end = until.plus(Duration.ofDays(3)); // when a day that is feared to come twice is over
            for (Instant run = from; run.isBefore(end); run = run.plusSeconds(1 + random.nextInt(5_000))) {
                // What is written after the safe bound isn't all committed.
                Horizon horizon = new Horizon(run, run.minusSeconds(random.nextInt(100)), 0, List.of());
                List<Instant> there = new ArrayList<>();
                for (Instant row : rows) {
                    boolean committed = row.isBefore(horizon.safe()) || (row.isBefore(run) && random.nextBoolean());
                    if (committed || merged.contains(row) || added.contains(row)) {
                        there.add(row);
                    }
                }
                Increment merge = Increment.merged(
                        SourceKind.POSTGRESQL,
                        IncrementTest.column("timestamp", false),
                        Optional.of(clock),
                        mergedLow,
                        horizon,
                        Duration.ZERO);
                merged.addAll(found(there, clock, merge.condition()));
                mergedLow = Optional.of(merge.high());
                Increment append = Increment.appended(
                        SourceKind.POSTGRESQL,
                        IncrementTest.column("timestamp", false),
                        Optional.of(clock),
                        addedLow,
                        horizon,
                        Duration.ZERO);
                added.addAll(found(there, clock, append.condition()));
                addedLow = Optional.of(append.high());
            }
            assertThat(merged).as("%s, seed %d", zone, seed).containsExactlyElementsOf(rows);
            assertThat(added).as("%s, seed %d", zone, seed).containsExactlyInAnyOrderElementsOf(rows);
        }
    }

    private static List<Instant> found(List<Instant> rows, ZoneId clock, String condition) {
        List<MatchResult> bounds = BOUND.matcher(condition).results().toList();
        return condition.equals("1 = 0")
                ? List.of()
                : rows.stream()
                        .filter(row -> bounds.stream()
                                .allMatch(bound -> isWithin(row.atZone(clock).toLocalDateTime(), bound)))
                        .toList();
    }

    private static boolean isWithin(LocalDateTime value, MatchResult bound) {
        LocalDateTime at = LocalDateTime.parse(bound.group(2), TEXT);
        return bound.group(1).equals("<") ? value.isBefore(at) : !value.isBefore(at);
    }
}
