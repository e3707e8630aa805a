package dev.caravan.pipeline.tabletoredshift.watermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.pipeline.tabletoredshift.source.SourceColumn;
import dev.caravan.pipeline.tabletoredshift.source.SourceKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Conditions are what the source's SQL wants, exact, and without a function around the column. */
class IncrementTest {
    private static final Instant LOW = Instant.parse("2026-06-01T10:00:00Z");
    private static final Horizon HORIZON = horizon("2026-06-01T11:00:12.5Z", "2026-06-01T11:00:00Z", 7200);
    private static final Optional<Watermark> BEFORE = Optional.of(new Watermark(LOW, 3600));
    private static final Duration OVERLAP = Duration.ofSeconds(90);

    @Test
    void momentsAreComparedInUtc() {
        Optional<Watermark> low = Optional.of(new Watermark(LOW.plusNanos(1_000), 0));
        assertThat(merged(SourceKind.MYSQL, "timestamp", false, low).condition())
                .isEqualTo("`odd ``name` >= TIMESTAMP '2026-06-01 09:58:30.000000'"
                        + " OR `odd ``name` = '0000-00-00 00:00:00'");
        assertThat(merged(SourceKind.POSTGRESQL, "timestamptz", false, low).condition())
                .isEqualTo("\"odd `name\" >= TIMESTAMPTZ '2026-06-01 09:58:30.000000+00'");
        assertThat(appended(SourceKind.POSTGRESQL, "timestamptz", low, Duration.ZERO))
                .isEqualTo(new Increment(
                        "\"odd `name\" >= TIMESTAMPTZ '2026-06-01 10:00:00.000001+00'"
                                + " AND \"odd `name\" < TIMESTAMPTZ '2026-06-01 11:00:00.000000+00'",
                        new Watermark(HORIZON.safe(), 0)));
    }

    @Test
    void wallClocksAreComparedByTheSmallestOffsetThatMayHaveBeen() {
        assertThat(merged(SourceKind.MYSQL, "datetime", true, BEFORE))
                .isEqualTo(new Increment(
                        "`odd ``name` >= TIMESTAMP '2026-06-01 10:58:30.000000'"
                                + " OR `odd ``name` = '0000-00-00 00:00:00' OR `odd ``name` IS NULL",
                        new Watermark(HORIZON.safe(), 7200)));
        assertThat(appended(SourceKind.MYSQL, "datetime", BEFORE, Duration.ofMillis(1)))
                .as("from where the run before ended, and up to a second of which no row can come any more")
                .isEqualTo(new Increment(
                        "`odd ``name` >= TIMESTAMP '2026-06-01 11:00:00.000000'"
                                + " AND `odd ``name` < TIMESTAMP '2026-06-01 12:59:59.000000'",
                        new Watermark(HORIZON.safe().minusSeconds(1), 7200)));
    }

    @Test
    void datesAreComparedByDays() {
        Optional<Watermark> low = Optional.of(new Watermark(Instant.parse("2026-05-31T22:30:00Z"), 3600));
        assertThat(merged(SourceKind.MYSQL, "date", false, low).condition())
                .isEqualTo("`odd ``name` >= DATE '2026-05-31' OR `odd ``name` = '0000-00-00'");
        Increment day = appended(SourceKind.MYSQL, "date", low, Duration.ZERO);
        assertThat(day.condition()).isEqualTo("`odd ``name` >= DATE '2026-05-31' AND `odd ``name` < DATE '2026-06-01'");
        assertThat(appended(SourceKind.MYSQL, "date", Optional.of(day.high()), Duration.ZERO))
                .as("the day isn't over")
                .isEqualTo(new Increment("1 = 0", day.high()));
    }

    @Test
    void theFirstRunReadsAllThatIsThere() {
        assertThat(merged(SourceKind.MYSQL, "timestamp", true, Optional.empty()))
                .isEqualTo(new Increment("", new Watermark(HORIZON.safe(), 0)));
        assertThat(appended(SourceKind.MYSQL, "datetime", Optional.empty(), Duration.ZERO))
                .isEqualTo(new Increment(
                        "`odd ``name` < TIMESTAMP '2026-06-01 13:00:00.000000'", new Watermark(HORIZON.safe(), 7200)));
    }

    @Test
    void itNeverMovesBack() {
        Watermark ahead = new Watermark(HORIZON.safe().plusSeconds(60), 0);
        assertThat(merged(SourceKind.POSTGRESQL, "timestamptz", false, Optional.of(ahead)))
                .isEqualTo(new Increment("\"odd `name\" >= TIMESTAMPTZ '2026-06-01 10:59:30.000000+00'", ahead));
        assertThat(appended(SourceKind.POSTGRESQL, "timestamptz", Optional.of(ahead), Duration.ZERO))
                .isEqualTo(new Increment("1 = 0", ahead));
    }

    @Test
    void whatNobodyKnowsIsRefused() {
        assertThatThrownBy(() -> merged(SourceKind.POSTGRESQL, "timestamp", false, BEFORE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("time zone");
        assertThatThrownBy(() -> merged(SourceKind.POSTGRESQL, "int8", false, BEFORE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no time");
        assertThatThrownBy(() -> appended(SourceKind.MYSQL, "datetime", BEFORE, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aWatermarkIsReadAsItWasWritten() {
        Watermark watermark = new Watermark(Instant.parse("2026-03-29T00:59:58.000001Z"), -12_600);
        assertThat(watermark.format()).isEqualTo("2026-03-29T00:59:58.000001Z offset -12600");
        assertThat(Watermark.parse(watermark.format())).isEqualTo(watermark);
        Watermark early = new Watermark(Instant.EPOCH, 0);
        assertThat(Watermark.parse(early.format())).isEqualTo(early);
        for (String other :
                List.of("", "5", "2026-02-30T00:00:00.000000Z offset 0", "2026-03-29T00:59:58Z", "x\nZ offset 1")) {
            assertThatThrownBy(() -> Watermark.parse(other))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("doesn't say how far the table has come")
                    .hasMessageEndingWith("Load the table in full once");
        }
    }

    private static Increment merged(SourceKind kind, String type, boolean nullable, Optional<Watermark> low) {
        return Increment.merged(kind, column(type, nullable), Optional.empty(), low, HORIZON, OVERLAP);
    }

    private static Increment appended(SourceKind kind, String type, Optional<Watermark> low, Duration heldBack) {
        return Increment.appended(kind, column(type, false), Optional.<ZoneId>empty(), low, HORIZON, heldBack);
    }

    static Horizon horizon(String moment, String safe, int offset) {
        return new Horizon(Instant.parse(moment), Instant.parse(safe), offset, List.of());
    }

    static SourceColumn column(String type, boolean nullable) {
        return new SourceColumn("odd `name", type, type, 0, 6, 0, nullable, "", false, false);
    }
}
