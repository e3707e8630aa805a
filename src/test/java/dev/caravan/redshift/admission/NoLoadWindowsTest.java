package dev.caravan.redshift.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.base.Fault;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoLoadWindowsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", ";", " ; ; "})
    void blankMeansNoWindow(String text) {
        NoLoadWindows none = NoLoadWindows.of(text);
        assertThat(none.faults()).isEmpty();
        assertThat(none.endAt(Instant.now())).isEmpty();
    }

    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                // from its beginning, inclusive, to its end, exclusive; the zone is UTC
                "0 0 2 * * ? for 90m                     | 2026-11-21T01:59:59.999Z | -",
                "0 0 2 * * ? for 90m                     | 2026-11-21T02:00:00Z     | 2026-11-21T03:30:00Z",
                "0 0 2 * * ? for 90m                     | 2026-11-21T03:29:59.999Z | 2026-11-21T03:30:00Z",
                "0 0 2 * * ? for 90m                     | 2026-11-21T03:30:00Z     | -",
                // over midnight, and over the week's end
                "0 30 23 * * ? for 2h                    | 2026-11-22T00:15:00Z     | 2026-11-22T01:30:00Z",
                "0 0 22 ? * FRI for 2d in Europe/Berlin  | 2026-11-22T20:59:59Z     | 2026-11-22T21:00:00Z",
                // of windows that overlap, or begin where another ends, the last end
                "0 0 2 * * ? for 1h; 0 30 2 * * ? for 1h | 2026-11-21T02:10:00Z     | 2026-11-21T03:30:00Z",
                "0 0 2 * * ? for 1h; 0 0 3 * * ? for 5m  | 2026-11-21T02:10:00Z     | 2026-11-21T03:05:00Z",
                "0 0 2 * * ? for 1h; 1 0 3 * * ? for 5m  | 2026-11-21T02:10:00Z     | 2026-11-21T03:00:00Z",
                "0 0 2 * * ? for 3h; 0 0 3 * * ? for 5m  | 2026-11-21T03:02:00Z     | 2026-11-21T05:00:00Z",
                "0 0/5 2-4 * * ? for 5m                  | 2026-11-21T02:07:00Z     | 2026-11-21T05:00:00Z",
                "0 0 0 ? * MON-FRI for 24h               | 2026-11-18T12:00:00Z     | 2026-11-21T00:00:00Z",
                // in Berlin: 02:30 is 01:30Z in winter, 00:30Z in summer
                "0 30 2 * * ? for 90m in Europe/Berlin   | 2026-11-21T01:30:00Z     | 2026-11-21T03:00:00Z",
                "0 30 2 * * ? for 90m in Europe/Berlin   | 2026-07-21T00:30:00Z     | 2026-07-21T02:00:00Z",
            })
    void aWindowCoversFromItsBeginningUntilItsEnd(String text, String now, String end) {
        assertThat(end(text, now)).isEqualTo(end);
    }

    @ParameterizedTest(name = "{1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                // 2026-03-29 in Berlin: after 01:59:59 comes 03:00:00 (01:00Z). What begins at 01:30 lasts 90 minutes
                // of real time.
                "0 30 1 * * ? for 90m in Europe/Berlin | 2026-03-29T00:30:00Z | 2026-03-29T02:00:00Z",
                "0 30 1 * * ? for 90m in Europe/Berlin | 2026-03-29T01:59:59Z | 2026-03-29T02:00:00Z",
                // 02:30 doesn't exist that day: it counts as 03:30
                "0 30 2 * * ? for 90m in Europe/Berlin | 2026-03-29T01:29:59Z | -",
                "0 30 2 * * ? for 90m in Europe/Berlin | 2026-03-29T01:30:00Z | 2026-03-29T03:00:00Z",
                "0 30 2 * * ? for 10m in Europe/Berlin | 2026-03-29T01:35:00Z | 2026-03-29T01:40:00Z",
                "0 0 2 ? * SUN for 90m in Europe/Berlin| 2026-03-29T01:00:00Z | 2026-03-29T02:30:00Z",
                // 2026-10-25 in Berlin: after 02:59:59 (00:59:59Z) comes 02:00:00 again. What begins at 02:30 begins
                // once.
                "0 30 2 * * ? for 10m in Europe/Berlin | 2026-10-25T00:30:00Z | 2026-10-25T00:40:00Z",
                "0 30 2 * * ? for 10m in Europe/Berlin | 2026-10-25T01:30:00Z | -",
                "0 30 2 * * ? for 90m in Europe/Berlin | 2026-10-25T01:55:00Z | 2026-10-25T02:00:00Z",
                "0 0 1 * * ? for 4h in Europe/Berlin   | 2026-10-25T02:59:59Z | 2026-10-25T03:00:00Z",
            })
    void whenTheClockChangesAWindowKeepsItsLength(String text, String now, String end) {
        assertThat(end(text, now)).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 2 * * ? for 90m in Europe/Berln | there is no time zone 'Europe/Berln': did you mean 'Europe/Berlin'?",
                "0 0 2 * * ? for 90m in berlin       | there is no time zone 'berlin': did you mean 'Europe/Berlin'?",
                "0 0 2 * * ? for 90m in Middle Earth | there is no time zone 'Middle Earth': write it like Europe/Berlin or"
                        + " America/New_York",
                "0 0 2 * * ? for 90                  | '90' is not a length of time: write 30s, 90m, 2h or 1d, at most 366d",
                "0 0 2 * * ? for 0m                  | '0m' is not a length of time: write 30s, 90m, 2h or 1d, at most 366d",
                "0 0 2 * * ? for 400d                | '400d' is not a length of time: write 30s, 90m, 2h or 1d, at most 366d",
                "0 0 25 * * ? for 1h                 | Quartz doesn't understand '0 0 25 * * ?' (Hour values must be between 0"
                        + " and 23): write seconds, minutes, hours, day of month, month and day of week, with ? for the day"
                        + " that doesn't matter, for example 0 0 2 ? * SUN",
                "0 0 0 30 2 ? for 1h                 | its time never comes",
                "0 0 2 * * ?                         | write when it begins, for how long, and in which time zone if not in UTC,"
                        + " for example 0 0 2 ? * SUN for 90m in Europe/Berlin",
                "* * * * * ? for 366d                | it begins more than 100 times before its first end: write its cron with"
                        + " fewer times",
                "0 0 0 * * ? for 1d                  | each window begins before the last has ended, so that nothing would ever"
                        + " be loaded",
            })
    void aFaultSaysWhatIsWrongAndWhatIsRight(String text, String advice) {
        assertThat(NoLoadWindows.of(text).faults())
                .containsExactly(new Fault("caravan.no-load-windows", text.strip(), advice));
    }

    @Test
    void allFaultsAreTold_andTheGoodWindowsHold() {
        NoLoadWindows windows = NoLoadWindows.of("0 0 2 * * ? for 1h; 0 0 2 * * for 1x in Nowhere ; at night");
        assertThat(windows.faults())
                .extracting(Fault::value)
                .containsExactly(
                        "0 0 2 * * for 1x in Nowhere",
                        "0 0 2 * * for 1x in Nowhere",
                        "0 0 2 * * for 1x in Nowhere",
                        "at night");
        assertThat(windows.endAt(Instant.parse("2026-11-21T02:00:00Z"))).isPresent();
    }

    @Test
    void twoWindowsThatNeverLeaveATimeAreAFault() {
        assertThat(NoLoadWindows.of("0 0 0 * * ? for 12h; 0 0 12 * * ? for 12h").faults())
                .extracting(Fault::advice)
                .asString()
                .contains("nothing would ever be loaded");
    }

    private static String end(String text, String now) {
        NoLoadWindows windows = NoLoadWindows.of(text);
        assertThat(windows.faults()).isEmpty();
        return windows.endAt(Instant.parse(now)).map(Instant::toString).orElse("-");
    }
}
