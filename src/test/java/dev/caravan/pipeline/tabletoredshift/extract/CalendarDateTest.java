package dev.caravan.pipeline.tabletoredshift.extract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates that are on the calendar are those that Java's has. */
class CalendarDateTest {
    @Test
    void everyDayOfTheCalendarIsGood() {
        for (LocalDate day = LocalDate.of(1, 1, 1); day.getYear() < 10_000; day = day.plusDays(17)) {
            assertThat(of(day.toString())).as("%s", day).isEqualTo(CalendarDate.GOOD);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0001-01-01", "2024-02-29", "2000-02-29 00:00:00", "9999-12-31 23:59:59.999999+00"})
    void withATimeBehindItToo(String text) {
        assertThat(of(text)).isEqualTo(CalendarDate.GOOD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-00-00",
                "0000-01-01 00:00:00",
                "2024-00-01",
                "2024-13-01",
                "2024-02-00",
                "2024-02-30",
                "1900-02-29",
                "2023-04-31"
            })
    void someAreOnNone(String text) {
        assertThat(of(text)).isEqualTo(CalendarDate.ON_NO_CALENDAR);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "infinity",
                "-infinity",
                "0044-03-15 BC",
                "0044-03-15 00:00:00+00 BC",
                "12024-01-01",
                "294276-12-31 23:59:59",
                ""
            })
    void someAreOutOfRange(String text) {
        assertThat(of(text)).isEqualTo(CalendarDate.OUT_OF_RANGE);
    }

    private static CalendarDate of(String text) {
        byte[] bytes = ("x" + text).getBytes(StandardCharsets.US_ASCII);
        return CalendarDate.of(bytes, 1, bytes.length - 1);
    }
}
