package dev.caravan.redshift.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The answer is the same as that of going through every day and every minute. */
class NoLoadWindowsPropertyTest {

    /** A window that begins at some minute of some hours of every day. */
    record Plan(int minute, int firstHour, int everyHours, int lengthMinutes, String zone) {
        String text() {
            return "0 %d %d/%d * * ? for %dm in %s".formatted(minute, firstHour, everyHours, lengthMinutes, zone);
        }

        boolean covers(Instant now) {
            LocalDate today = LocalDate.ofInstant(now, ZoneId.of(zone));
            for (LocalDate day = today.minusDays(3); !day.isAfter(today.plusDays(1)); day = day.plusDays(1)) {
                for (int hour = firstHour; hour < 24; hour += everyHours) {
                    Instant begin = LocalDateTime.of(day, LocalTime.of(hour, minute))
                            .atZone(ZoneId.of(zone))
                            .toInstant();
                    if (!begin.isAfter(now)
                            && begin.plus(Duration.ofMinutes(lengthMinutes)).isAfter(now)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    /** Around the days on which clocks change in these zones, and ordinary ones. */
    @Property(tries = 300)
    void theEndIsTheFirstMinuteThatNoWindowCovers(
            @ForAll("plans") List<Plan> plans,
            @ForAll("days") Instant day,
            @ForAll @IntRange(max = 2 * 24 * 60) int minute) {
        NoLoadWindows windows =
                NoLoadWindows.of(String.join(";", plans.stream().map(Plan::text).toList()));
        Instant now = day.plus(Duration.ofMinutes(minute));
        assertThat(windows.endAt(now)).isEqualTo(firstFreeMinute(plans, now));
    }

    private static Optional<Instant> firstFreeMinute(List<Plan> plans, Instant now) {
        Instant minute = now;
        while (covered(plans, minute)) {
            minute = minute.plusSeconds(60);
        }
        return minute.equals(now) ? Optional.empty() : Optional.of(minute);
    }

    private static boolean covered(List<Plan> plans, Instant now) {
        return plans.stream().anyMatch(plan -> plan.covers(now));
    }

    @Provide
    Arbitrary<List<Plan>> plans() {
        Arbitrary<Plan> plan = Combinators.combine(
                        Arbitraries.integers().between(0, 59),
                        Arbitraries.integers().between(0, 23),
                        Arbitraries.integers().between(8, 23),
                        Arbitraries.integers().between(1, 120),
                        Arbitraries.of(
                                "UTC", "Europe/Berlin", "Australia/Lord_Howe", "America/New_York", "Asia/Kolkata"))
                .as(Plan::new);
        return plan.list().ofMinSize(1).ofMaxSize(3);
    }

    @Provide
    Arbitrary<Instant> days() {
        return Arbitraries.of(
                        "2026-03-28",
                        "2026-10-24",
                        "2026-04-04",
                        "2026-10-03",
                        "2026-03-07",
                        "2026-10-31",
                        "2026-06-15")
                .map(day -> Instant.parse(day + "T00:00:00Z"));
    }
}
