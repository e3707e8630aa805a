package dev.caravan.migrate.datapipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quartz.CronExpression;

/** A cron comes at the times at which the pipeline ran, in Quartz's own opinion. */
class PeriodTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            15 minutes,  2019-03-04T02:38:10, 10 8/15 * * * ?
            1 hours,     2019-03-04T02:30:00, 0 30 * * * ?
            60 Minutes,  2019-03-04T02:30:00, 0 30 * * * ?
            6 Hours,     2019-03-04T20:10:00, 0 10 2/6 * * ?
            24 hours,    2019-03-04T20:10:00, 0 10 20 * * ?
            1 Day,       2019-03-04T00:00:00, 0 0 0 * * ?
            7 days,      2019-03-04T04:05:00, 0 5 4 ? * MON
            1 week,      2019-03-10T04:05:00, 0 5 4 ? * SUN
            1 month,     2019-03-28T04:05:00, 0 5 4 28 * ?
            1 month,     2019-03-31T04:05:00, 0 5 4 L * ?
            3 months,    2019-05-02T04:05:00, 0 5 4 2 2/3 ?
            12 months,   2019-05-31T04:05:00, 0 5 4 31 5 ?
            1 year,      2019-05-02T04:05:00, 0 5 4 2 5 ?
            """)
    void aPeriodThatCronCanSay(String text, LocalDateTime start, String cron) throws Exception {
        assertThat(period(text).cron(start)).contains(cron);
        CronExpression quartz = new CronExpression(cron);
        quartz.setTimeZone(TimeZone.getTimeZone("UTC"));
        String[] words = text.toLowerCase(Locale.ROOT).replaceFirst("s$", "").split(" ", -1);
        LocalDateTime at = start;
        for (int i = 1; i < 40; i++) {
            at = quartz.getNextValidTimeAfter(Date.from(at.toInstant(ZoneOffset.UTC)))
                    .toInstant()
                    .atOffset(ZoneOffset.UTC)
                    .toLocalDateTime();
            assertThat(at)
                    .isEqualTo(start.plus(
                            i * Long.parseLong(words[0]), ChronoUnit.valueOf(words[1].toUpperCase(Locale.ROOT) + "S")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"7 hours", "45 minutes", "90 minutes", "2 days", "2 weeks", "5 months", "2 years"})
    void aPeriodThatCronCantSayHasNeighbours(String text) {
        LocalDateTime start = LocalDateTime.of(2019, 3, 4, 2, 30);
        assertThat(period(text).cron(start)).isEmpty();
        assertThat(period(text).nearest())
                .isNotEmpty()
                .allSatisfy(near -> assertThat(near.cron(start)).isPresent());
    }

    @Test
    void theNeighboursAreTheNearest() {
        assertThat(period("7 hours").nearest()).extracting(Object::toString).containsExactly("6 hours", "8 hours");
        assertThat(period("45 minutes").nearest()).extracting(Object::toString).containsExactly("30 minutes", "hour");
        assertThat(period("2 days").nearest()).extracting(Object::toString).containsExactly("day", "week");
        assertThat(period("3 years").nearest()).extracting(Object::toString).containsExactly("year");
    }

    @Test
    void daysThatNotAllMonthsHaveAreNoCron() {
        assertThat(period("1 month").cron(LocalDateTime.of(2019, 1, 30, 0, 0))).isEmpty();
        assertThat(period("1 year").cron(LocalDateTime.of(2020, 2, 29, 0, 0))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "day",
                "0 days",
                "1 fortnight",
                "-1 day",
                "ONDEMAND_PERIOD",
                "99999999999 days",
                "1 day 2 hours"
            })
    void whatIsNoPeriodIsNone(String text) {
        assertThat(Period.of(text)).isEmpty();
    }

    private static Period period(String text) {
        return Period.of(text).orElseThrow();
    }
}
