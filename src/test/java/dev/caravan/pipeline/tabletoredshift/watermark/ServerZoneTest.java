package dev.caravan.pipeline.tabletoredshift.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.pipeline.tabletoredshift.extract.Snapshot;
import dev.caravan.pipeline.tabletoredshift.source.SourceKind;
import dev.caravan.pipeline.tabletoredshift.source.SourceTable;
import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.sandbox.source.MariaDb;
import dev.caravan.sandbox.source.SharedSources;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A server whose clock on the wall is put back by an hour while its table is copied. */
class ServerZoneTest {
    private static final Duration SLACK = Duration.ofMillis(100);
    private static final TableId TABLE = new TableId("shop", "walled");

    @Test
    void rowsOfTheHourThatComesTwiceComeOnce() throws Exception {
        SharedSources.mariaDb(); // whose programs may have to be unpacked
        Instant change = Instant.now().plusSeconds(12).truncatedTo(ChronoUnit.SECONDS);
        try (MariaDb server = MariaDb.start(zone(change));
                Connection writer = server.connect();
                Connection late = server.connect()) {
            TimedSource.run(writer, "CREATE TABLE walled (id INT PRIMARY KEY, at DATETIME NOT NULL)");
            late.setAutoCommit(false);
            List<String> merged = new ArrayList<>(), added = new ArrayList<>();

            TimedSource.run(writer, "INSERT INTO walled VALUES (1, NOW())");
            assertThat(offset(writer)).isEqualTo(7200);
            Instant first = clock(writer);
            Awaitility.await().until(() -> clock(writer).isAfter(first.plusMillis(1200)));
            Increment[] low = run(server, merged, added, Optional.empty(), Optional.empty());
            assertThat(merged).containsExactly("1");

            TimedSource.run(late, "INSERT INTO walled VALUES (2, NOW())");
            Instant open = clock(writer);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> offset(writer) == 3600);
            assertThat(open).as("the server was quick enough").isBefore(change);

            TimedSource.run(writer, "INSERT INTO walled VALUES (3, NOW())");
            try (Snapshot snapshot = Snapshot.begin(server.connect(), SLACK)) {
                assertThat(snapshot.horizon().safe())
                        .isBeforeOrEqualTo(open)
                        .isAfter(open.minus(Duration.ofMinutes(61)));
            }
            merged.clear();
            low = run(server, merged, added, Optional.of(low[0].high()), Optional.of(low[1].high()));
            assertThat(merged).contains("3").doesNotContain("2");

            late.commit();
            run(server, merged, added, Optional.of(low[0].high()), Optional.of(low[1].high()));
            assertThat(merged).contains("2");
            assertThat(added).doesNotHaveDuplicates();
        }
    }

    /** UTC + 2 until then, and UTC + 1 afterwards, in the words of the variable TZ. */
    private static String zone(Instant change) {
        LocalDateTime local = LocalDateTime.ofInstant(change, ZoneOffset.ofHours(2));
        return "AAA-1BBB-2," + day(local.minusDays(100)) + "/0," + day(local) + "/"
                + local.toLocalTime().format(DateTimeFormatter.ISO_LOCAL_TIME);
    }

    /** The 29th of February is never counted. */
    private static String day(LocalDateTime local) {
        boolean counted = local.toLocalDate().isLeapYear() && local.getMonthValue() > 2;
        return "J" + (local.getDayOfYear() - (counted ? 1 : 0));
    }

    private static Increment[] run(
            MariaDb server,
            List<String> merged,
            List<String> added,
            Optional<Watermark> mergedLow,
            Optional<Watermark> addedLow)
            throws Exception {
        try (Snapshot snapshot = Snapshot.begin(server.connect(), SLACK)) {
            SourceTable table = snapshot.catalog().table(TABLE).orElseThrow();
            Increment merge = Increment.merged(
                    SourceKind.MYSQL,
                    TimedSource.column(table, "at"),
                    Optional.empty(),
                    mergedLow,
                    snapshot.horizon(),
                    Duration.ZERO);
            Increment append = Increment.appended(
                    SourceKind.MYSQL,
                    TimedSource.column(table, "at"),
                    Optional.empty(),
                    addedLow,
                    snapshot.horizon(),
                    Duration.ZERO);
            assertThat(snapshot.horizon().offsetSeconds()).isEqualTo(3600);
            TimedSource.rows(snapshot, table, merge.condition()).forEach(row -> merged.add(String.valueOf(row.get(0))));
            TimedSource.rows(snapshot, table, append.condition()).forEach(row -> added.add(String.valueOf(row.get(0))));
            return new Increment[] {merge, append};
        }
    }

    private static int offset(Connection connection) throws SQLException {
        return number(connection, "SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), NOW())")
                .intValue();
    }

    private static Instant clock(Connection connection) throws SQLException {
        BigDecimal micros = number(connection, "SELECT TIMESTAMPDIFF(MICROSECOND, '1970-01-01', UTC_TIMESTAMP(6))");
        return Instant.EPOCH.plus(micros.longValueExact(), ChronoUnit.MICROS);
    }

    private static BigDecimal number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getBigDecimal(1);
        }
    }
}
