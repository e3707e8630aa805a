package dev.caravan.migrate.datapipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rows a query takes, as a sync says it. */
class SelectQueryTest {
    private static final String START = "'#{format(@scheduledStartTime, 'YYYY-MM-dd HH:mm:ss')}'";
    private static final String END = "'#{format(@scheduledEndTime, 'YYYY-MM-dd HH:mm:ss')}'";

    /** A query with S and E for the times, the watermark, the overlap, the rest of its WHERE. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', nullValues = "-", textBlock = """
            select * from orders                                                          ; -          ; -   ; -
            SELECT * FROM `shop`.`orders` ;                                               -            ; -   ; -
            select * from orders order by id                                              ; -          ; -   ; -
            select * from orders where active = 1                                         ; -          ; -   ; active = 1
            select * from orders where changed > now() - interval 1 day and x in (1, 2)   ; -          ; -   ; changed > now() - interval 1 day and x in (1, 2)
            select * from orders where updated_at >= S                                    ; updated_at ; -   ; -
            select * from orders where updated_at >= S order by updated_at                ; updated_at ; -   ; -
            select * from orders where updated_at > S and updated_at <= E                 ; updated_at ; -   ; -
            select * from orders where (updated_at >= S and updated_at < E) and x = 'and' ; updated_at ; -   ; x = 'and'
            select * from orders where `orders`.`updated at` between S and E and a or_b   ; updated at ; -   ; a or_b
            select * from orders where a between 1 and 2 and "changed" >= S               ; changed    ; -   ; a between 1 and 2
            select * from orders where ts >= to_timestamp(S, 'YYYY-MM-DD')                ; ts         ; -   ; -
            select * from orders where ts >= timestamp S and ts < S::timestamp            ; ts         ; -   ; -
            select * from orders where ts >= cast(S as datetime)                          ; ts         ; -   ; -
            """)
    void aQueryThatASyncCanSay(String query, String watermark, String overlap, String where) {
        SelectQuery read = SelectQuery.of(withTimes(query));
        assertThat(read.refusal()).isEmpty();
        assertThat(read.watermark().orElse("")).isEqualTo(orEmpty(watermark));
        assertThat(read.overlap()).isEqualTo(orEmpty(overlap));
        assertThat(read.where()).isEqualTo(orEmpty(where));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from orders o where o.updated_at >= S",
                "select * from orders where updated_at >= S or created_at >= S",
                "select * from orders where updated_at >= S and created_at >= S",
                "select * from orders where date(updated_at) >= S",
                "select * from orders where updated_at < E",
                "select * from orders where updated_at >= E",
                "select * from orders where updated_at >= '#{format(plusDays(@scheduledStartTime,1),'YYYY')}'",
                "select * from orders where updated_at >= '#{myNeverSaid}'",
                "select * from orders -- where updated_at >= S",
                "select * from orders where a = 'it\\'s'",
                "select * from orders where a = (1",
                "call orders_of(S)",
                ""
            })
    void aQueryThatASyncCantSayIsRefused_andWhatToDoIsSaid(String query) {
        assertThat(SelectQuery.of(withTimes(query)).refusal())
                .hasValueSatisfying(
                        why -> assertThat(why).containsPattern("have a view in the source say it|mode: incremental"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select id, name from orders",
                "select distinct * from orders",
                "select * from orders, lines",
                "select * from orders limit 10",
                "select * from orders where id > 1 group by id",
                "with x as (select 1) select * from x"
            })
    void aQueryOfMoreThanRowsOfATableIsTakenAsItIs(String query) {
        SelectQuery read = SelectQuery.of(query + " ;");
        assertThat(read.refusal()).isEmpty();
        assertThat(read.select()).isEqualTo(query);
        assertThat(read.watermark()).isEmpty();
        assertThat(SelectQuery.of(query + " where t > " + START).refusal())
                .hasValueSatisfying(why -> assertThat(why).contains("Write it as select: without conditions on them"));
    }

    @Test
    void goingBackFurtherIsAnOverlap() {
        assertThat(overlap("minusHours(@scheduledStartTime,48)")).isEqualTo("48h");
        assertThat(overlap("minusMinutes(@scheduledStartTime, 30)")).isEqualTo("30m");
        assertThat(overlap("minusDays(@scheduledStartTime,1)")).isEqualTo("1d");
        assertThat(overlap("minusWeeks(@scheduledStartTime,2)")).isEqualTo("14d");
        assertThat(overlap("inTimeZone(minusDays(@scheduledStartTime,3),'Europe/Berlin')"))
                .isEqualTo("3d");
        assertThat(overlap("@scheduledStartTime")).isEmpty();
        assertThat(SelectQuery.of(
                                "select * from t where u >= '#{format(minusDays(@scheduledStartTime,1),'YYYY-MM-dd HH:mm:ss')}' and u < "
                                        + START)
                        .overlap())
                .as("the interval before, and no more")
                .isEmpty();
    }

    @Test
    void theZoneOfTheTimesIsTheWatermarks() {
        assertThat(SelectQuery.of(
                                "select * from t where u >= '#{format(inTimeZone(@scheduledStartTime,'Asia/Tokyo'),'YYYY-MM-dd HH:mm:ss')}'")
                        .zone())
                .isEqualTo("Asia/Tokyo");
        assertThat(SelectQuery.of("select * from t where u >= " + START).zone()).isEmpty();
    }

    @Test
    void aDayWithoutATimeBeginsAtMidnight_andThatIsSaid() {
        assertThat(SelectQuery.of("select * from t where u >= '#{@scheduledStartTime.format('YYYY-MM-dd')}'")
                        .comments())
                .anyMatch(comment -> comment.startsWith("the pipeline began at midnight"));
        assertThat(SelectQuery.of("select * from t where u >= " + START).comments())
                .noneMatch(comment -> comment.startsWith("the pipeline began at midnight"));
    }

    private static String overlap(String start) {
        SelectQuery query =
                SelectQuery.of("select * from t where u >= '#{format(" + start + ",'YYYY-MM-dd HH:mm:ss')}'");
        assertThat(query.refusal()).isEmpty();
        return query.overlap();
    }

    private static String withTimes(String query) {
        return query.replaceAll("\\bS\\b", START).replaceAll("\\bE\\b", END);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
