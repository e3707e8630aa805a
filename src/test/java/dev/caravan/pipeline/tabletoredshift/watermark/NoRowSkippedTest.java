package dev.caravan.pipeline.tabletoredshift.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whoever writes whatever and commits it whenever: after the last run, what was copied in increments is what is in the source, and what is only appended came
 * exactly once. Copies with the bounds that one would think of first show that the writers are wild enough: they miss rows.
 */
class NoRowSkippedTest {
    private static final long WRITING_MILLIS = 3_000;
    private static final Duration SLACK = Duration.ofMillis(1_500);

    /** Copies by other bounds. */
    private static final int NAIVE = 3;

    /** By what a copy says how far it has come. */
    private enum Bound {
        SAFE,
        TIME_OF_THE_SNAPSHOT,
        LARGEST_VALUE
    }

    @ParameterizedTest
    @EnumSource
    void inTheEndTheTargetIsAsTheSource(TimedSource source) throws Exception {
        long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong(1_000_000));
        Set<String> missed = new TreeSet<>();
        // Once, unless the machine is so busy that the writers were tame.
        for (int round = 1; round <= 3 && missed.size() < NAIVE; round++) {
            round(source, seed + round, "wild" + round + "_", missed);
        }
        assertThat(missed).as("other bounds, which miss rows, seed %d", seed).hasSize(NAIVE);
    }

    private static void round(TimedSource source, long seed, String prefix, Set<String> missed) throws Exception {
        create(source, prefix);
        Copy merged = new Copy(source, prefix + "merged", true, Duration.ZERO, Bound.SAFE);
        Copy skewed = new Copy(source, prefix + "skewed", true, Duration.ofSeconds(2), Bound.SAFE);
        Copy added = new Copy(source, prefix + "added", false, Duration.ZERO, Bound.SAFE);
        Copy[] naive = {
            new Copy(source, prefix + "merged", true, Duration.ZERO, Bound.TIME_OF_THE_SNAPSHOT),
            new Copy(source, prefix + "merged", true, Duration.ZERO, Bound.LARGEST_VALUE),
            new Copy(source, prefix + "added", false, Duration.ZERO, Bound.TIME_OF_THE_SNAPSHOT)
        };
        int runs = 0;
        try (RandomWriters writers = new RandomWriters(source, prefix)) {
            writers.start(seed, WRITING_MILLIS);
            for (boolean last = false; !last; runs++) {
                last = writers.isDone();
                run(source, merged, skewed, added);
                run(source, naive);
            }
            writers.check();
        }
        Instant over = added.moment;
        while (added.low.orElseThrow().high().isBefore(over)) {
            run(source, added);
        }
        for (Copy copy : List.of(merged, skewed, added)) {
            assertThat(copy.rows()).as("%s, seed %d, %d runs", copy, seed, runs).isEqualTo(copy.source());
        }
        for (int i = 0; i < naive.length; i++) {
            if (!naive[i].rows().equals(naive[i].source())) {
                missed.add("copy " + i);
            }
        }
    }

    private static void create(TimedSource source, String prefix) throws SQLException {
        boolean maria = source == TimedSource.MARIADB;
        for (String table : List.of("merged", "skewed", "added")) {
            String key = table.equals("added") ? maria ? "BIGINT AUTO_INCREMENT" : "BIGSERIAL" : "INT";
            String type = maria && table.equals("added") ? "DATETIME(6)" : source.type;
            String name = prefix + table;
            source.run(
                    "CREATE TABLE " + name + " (id " + key + " PRIMARY KEY, v INT, at " + type + " NOT NULL)",
                    "CREATE INDEX " + name + "_at ON " + name + " (at)");
            if (!table.equals("added")) { // locks of what isn't there would be of everything
                source.run("INSERT INTO " + name + " SELECT "
                        + (maria ? "seq, 0, NOW() FROM seq_0_to_399" : "n, 0, now() FROM generate_series(0, 399) n"));
            }
        }
    }

    private static void run(TimedSource source, Copy... copies) throws Exception {
        try (Snapshot snapshot = Snapshot.begin(source.connect(), SLACK)) {
            for (Copy copy : copies) {
                copy.run(snapshot);
            }
        }
    }

    /** What came into a target: the last row of each key, or all rows. */
    private static final class Copy {
        private final TimedSource source;
        private final TableId id;
        private final boolean merges;
        private final Duration overlap;
        private final Bound bound;
        private final Map<String, List<@Nullable String>> byKey = new TreeMap<>();
        private final List<List<@Nullable String>> all = new ArrayList<>();
        private Optional<Watermark> low = Optional.empty();
        private Instant moment = Instant.EPOCH;

        Copy(TimedSource source, String table, boolean merges, Duration overlap, Bound bound) {
            this.source = source;
            id = source.table(table);
            this.merges = merges;
            this.overlap = overlap;
            this.bound = bound;
        }

        void run(Snapshot snapshot) throws Exception {
            SourceTable table = snapshot.catalog().table(id).orElseThrow();
            Horizon horizon = snapshot.horizon();
            moment = horizon.moment();
            if (bound == Bound.TIME_OF_THE_SNAPSHOT) {
                horizon = new Horizon(moment, moment, horizon.offsetSeconds(), List.of());
            }
            Increment increment = merges
                    ? Increment.merged(
                            source.kind, TimedSource.column(table, "at"), Optional.empty(), low, horizon, overlap)
                    : Increment.appended(
                            source.kind, TimedSource.column(table, "at"), Optional.empty(), low, horizon, overlap);
            List<List<@Nullable String>> rows = TimedSource.rows(snapshot, table, increment.condition());
            rows.forEach(row -> byKey.put(String.valueOf(row.get(0)), row));
            all.addAll(rows);
            low = bound == Bound.LARGEST_VALUE
                    ? largest()
                    : Optional.of(Watermark.parse(increment.high().format()));
        }

        private Optional<Watermark> largest() {
            return byKey.values().stream()
                    .map(row -> String.valueOf(row.get(2)).replace("+00", "").replace(' ', 'T'))
                    .map(text -> new Watermark(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC), 0))
                    .max((a, b) -> a.high().compareTo(b.high()));
        }

        List<List<@Nullable String>> rows() {
            return sorted(merges ? List.copyOf(byKey.values()) : all);
        }

        List<List<@Nullable String>> source() throws Exception {
            try (Snapshot snapshot = Snapshot.begin(source.connect(), SLACK)) {
                return sorted(
                        TimedSource.rows(snapshot, snapshot.catalog().table(id).orElseThrow(), ""));
            }
        }

        private static List<List<@Nullable String>> sorted(List<List<@Nullable String>> rows) {
            return rows.stream()
                    .sorted((a, b) -> Long.compare(
                            Long.parseLong(String.valueOf(a.get(0))), Long.parseLong(String.valueOf(b.get(0)))))
                    .toList();
        }

        @Override
        public String toString() {
            return id + (merges ? " merged" : " appended") + " by " + bound;
        }
    }
}
