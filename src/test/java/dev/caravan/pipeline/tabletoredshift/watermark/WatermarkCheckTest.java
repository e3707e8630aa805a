package dev.caravan.pipeline.tabletoredshift.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.pipeline.tabletoredshift.source.SourceCatalog;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a watermark can't be is refused with words, what a person should know is said, and nothing else is. */
class WatermarkCheckTest {
    private static final Optional<ZoneId> UTC = Optional.of(ZoneOffset.UTC);

    @Test
    void inMariaDb() throws SQLException {
        TimedSource source = TimedSource.MARIADB;
        source.run("CREATE TABLE looked_at (id BIGINT AUTO_INCREMENT PRIMARY KEY,"
                + " good TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),"
                + " created DATETIME NOT NULL, maybe TIMESTAMP(3) NULL ON UPDATE CURRENT_TIMESTAMP(3),"
                + " old TIMESTAMP NOT NULL DEFAULT '0000-00-00 00:00:00', day DATE NOT NULL, name VARCHAR(5),"
                + " INDEX (good), INDEX (created, name), INDEX (maybe), INDEX (old), INDEX (name, day)) ENGINE=InnoDB");
        assertThat(check(source, "good", true, Optional.empty())).isEqualTo(fine());
        assertThat(check(source, "good", false, Optional.empty()).warnings())
                .singleElement()
                .asString()
                .startsWith("shop.looked_at: column good is set anew when a row is updated");
        assertThat(check(source, "created", true, Optional.empty()).warnings())
                .hasSize(2)
                .anyMatch(warning -> warning.contains("in the server's time zone"))
                .anyMatch(warning -> warning.contains("has no ON UPDATE CURRENT_TIMESTAMP"));
        assertThat(check(source, "created", false, UTC)).isEqualTo(fine());
        assertThat(check(source, "maybe", true, UTC).warnings())
                .singleElement()
                .asString()
                .contains("may be NULL");
        assertThat(check(source, "maybe", false, UTC).refusals())
                .singleElement()
                .asString()
                .contains("may be NULL")
                .endsWith("Make it NOT NULL, or give keys to merge by");
        assertThat(check(source, "old", false, UTC).refusals())
                .singleElement()
                .asString()
                .contains("0000-00-00 by default");
        assertThat(check(source, "day", false, UTC).warnings())
                .hasSize(2)
                .anyMatch(warning -> warning.contains("has no time of day"))
                .anyMatch(warning -> warning.endsWith("ALTER TABLE `shop`.`looked_at` ADD INDEX (`day`)"));
        assertThat(check(source, "id", true, UTC).refusals())
                .singleElement()
                .asString()
                .startsWith(
                        "shop.looked_at: column id of type bigint(20) doesn't say when a row was written. A row may get")
                .contains("updated_at TIMESTAMP(6)");
        assertThat(check(source, "name", true, UTC).refusals()).hasSize(1);
        assertThat(check(source, "god", true, UTC).refusals())
                .singleElement()
                .asString()
                .endsWith("there is no column god, which the watermark is to be taken from: did you mean 'good'?");
    }

    @Test
    void ofAnotherEngine() throws SQLException {
        TimedSource.MARIADB.run("CREATE TABLE looked_at_too (at TIMESTAMP NOT NULL, INDEX (at)) ENGINE=MyISAM");
        try (Connection connection = TimedSource.MARIADB.connect()) {
            SourceCatalog catalog = SourceCatalog.of(connection);
            SourceTable table =
                    catalog.table(TimedSource.MARIADB.table("looked_at_too")).orElseThrow();
            assertThat(WatermarkCheck.of(catalog, table, "at", true, UTC).warnings())
                    .anyMatch(warning -> warning.contains("engine is MyISAM"));
        }
    }

    @Test
    void inPostgres() throws SQLException {
        TimedSource source = TimedSource.POSTGRES;
        source.run(
                "CREATE TABLE looked_at (id BIGSERIAL PRIMARY KEY, good timestamptz NOT NULL, wall timestamp NOT NULL,"
                        + " part timestamptz NOT NULL)",
                "CREATE INDEX ON looked_at (good)",
                "CREATE INDEX ON looked_at (wall, id)",
                "CREATE INDEX ON looked_at (part) WHERE id > 5");
        assertThat(check(source, "good", false, Optional.empty())).isEqualTo(fine());
        assertThat(check(source, "good", true, Optional.empty()).warnings())
                .singleElement()
                .asString()
                .contains("no trigger sets column good before updates");
        source.run(
                "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.good = now(); RETURN NEW; END'",
                "CREATE TRIGGER touches BEFORE UPDATE ON looked_at FOR EACH ROW EXECUTE FUNCTION touch()");
        assertThat(check(source, "good", true, Optional.empty())).isEqualTo(fine());
        assertThat(check(source, "wall", true, Optional.empty()).refusals())
                .singleElement()
                .asString()
                .contains("time zone that PostgreSQL doesn't know");
        assertThat(check(source, "wall", true, UTC)).isEqualTo(fine());
        assertThat(check(source, "part", true, UTC).warnings())
                .singleElement()
                .asString()
                .endsWith("CREATE INDEX ON \"public\".\"looked_at\" (\"part\")");
        assertThat(check(source, "id", true, UTC).refusals())
                .singleElement()
                .asString()
                .contains("updated_at timestamptz");
    }

    /** A few of many rows are found by the index, NULL and zero dates among them. */
    @ParameterizedTest
    @EnumSource
    void conditionsUseTheIndex(TimedSource source) throws SQLException {
        boolean maria = source == TimedSource.MARIADB;
        source.run(
                "CREATE TABLE indexed (id INT PRIMARY KEY, at " + source.type + " NULL)",
                "CREATE INDEX indexed_at ON indexed (at)",
                maria
                        ? "INSERT INTO indexed SELECT seq, '2026-01-01' + INTERVAL seq MINUTE FROM seq_1_to_20000"
                        : "INSERT INTO indexed SELECT n, timestamptz '2026-01-01 00:00+00' + n * interval '1 minute'"
                                + " FROM generate_series(1, 20000) n",
                maria ? "ANALYZE TABLE indexed" : "ANALYZE indexed");
        Horizon horizon = IncrementTest.horizon("2026-01-14T20:00:00Z", "2026-01-14T20:00:00Z", 0);
        Optional<Watermark> low = Optional.of(new Watermark(Instant.parse("2026-01-14T19:00:00Z"), 0));
        try (Connection connection = source.connect()) {
            TimedSource.run(connection, maria ? "SET time_zone = '+00:00'" : "SET TimeZone = 'UTC'");
            SourceTable table =
                    SourceCatalog.of(connection).table(source.table("indexed")).orElseThrow();
            for (Increment increment : List.of(
                    Increment.merged(
                            source.kind, TimedSource.column(table, "at"), UTC, low, horizon, Duration.ofMinutes(5)),
                    Increment.appended(
                            source.kind, TimedSource.column(table, "at"), UTC, low, horizon, Duration.ZERO))) {
                assertThat(plan(connection, "EXPLAIN SELECT * FROM indexed WHERE " + increment.condition()))
                        .contains("indexed_at")
                        .contains(maria ? "range" : "Index")
                        .doesNotContain("Seq Scan");
            }
        }
    }

    private static String plan(Connection connection, String sql) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    plan.append(rows.getString(i)).append(' ');
                }
            }
        }
        return plan.toString();
    }

    private static WatermarkCheck fine() {
        return new WatermarkCheck(List.of(), List.of());
    }

    private static WatermarkCheck check(TimedSource source, String column, boolean merged, Optional<ZoneId> zone)
            throws SQLException {
        try (Connection connection = source.connect()) {
            SourceCatalog catalog = SourceCatalog.of(connection);
            SourceTable table = catalog.table(source.table("looked_at")).orElseThrow();
            return WatermarkCheck.of(catalog, table, column, merged, zone);
        }
    }
}
