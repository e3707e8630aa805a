package dev.caravan.pipeline.redshifttopostgres.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.ApplyDifference;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.ApplySettings;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.Changes;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The table in the target is made by whoever comes first and may. */
class TargetLedgerTest {
    private static final MirrorTarget TARGET = new MirrorTarget();
    private static final MirroredTable TABLE = new MirroredTable("public", "t", List.of("id"), List.of("id", "v"));

    @BeforeEach
    void nothing() throws Exception {
        TARGET.run(
                "DROP SCHEMA IF EXISTS caravan CASCADE",
                "DROP TABLE IF EXISTS t",
                "CREATE TABLE t (id bigint PRIMARY KEY, v text)",
                "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ledger_user') THEN CREATE ROLE ledger_user"
                        + " LOGIN; END IF; END $$");
    }

    @Test
    void manyMakeItAtTheSameTime() {
        List<CompletableFuture<Void>> making = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.runAsync(() -> {
                    try (Connection connection = TARGET.connect()) {
                        TargetLedger.prepare(connection);
                        assertThat(TargetLedger.held(connection, "m")).isEmpty();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();
        making.forEach(CompletableFuture::join);
    }

    @Test
    void whoMayNotIsToldWhoCan_andMayThen() throws Exception {
        try (Connection connection = TARGET.connect("ledger_user")) {
            assertThatThrownBy(() -> TargetLedger.prepare(connection))
                    .isInstanceOf(TargetRefused.class)
                    .hasMessageContainingAll(
                            "caravan.mirrors",
                            "ledger_user may not",
                            "CREATE SCHEMA IF NOT EXISTS caravan AUTHORIZATION \"ledger_user\"");
            TARGET.run(TargetLedger.remedy("ledger_user"));
            TargetLedger.prepare(connection);
            TargetLedger.prepare(connection);
            assertThat(TargetLedger.isThere(connection)).isTrue();
        }
    }

    @Test
    void theFirstOfSeveralWinsAndTheOthersFindItDone() {
        Changes changes = new Changes(TABLE).insert(1, "a");
        List<Boolean> already = IntStream.range(0, 6)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    try (Connection connection = TARGET.connect()) {
                        return new ApplyDifference(() -> false)
                                .apply(
                                        connection,
                                        TABLE,
                                        changes.first("a"),
                                        changes.files(),
                                        ApplySettings.DEFAULT.withLockTimeout(Duration.ofMinutes(1)))
                                .already();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(already).containsOnlyOnce(false);
    }

    /** A pool hands out proxies, and gets its connections back as they were. */
    @Test
    void connectionsOfAPoolAreGood_alsoThoseThatBeginTransactionsThemselves() throws Exception {
        for (boolean auto : List.of(true, false)) {
            nothing();
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(TARGET.url());
            config.setMaximumPoolSize(1);
            config.setAutoCommit(auto);
            try (HikariDataSource pool = new HikariDataSource(config)) {
                for (long chunk : List.of(0L, 1L)) {
                    String base = chunk == 0 ? "" : "a";
                    Changes changes = new Changes(TABLE).insert(chunk + 1, "a").insert(chunk + 11, "a");
                    try (Connection connection = pool.getConnection()) {
                        new ApplyDifference(() -> false)
                                .apply(
                                        connection,
                                        TABLE,
                                        changes.from(base, base + "a"),
                                        changes.files(),
                                        ApplySettings.DEFAULT.withChunk(chunk));
                        assertThat(connection.getAutoCommit()).isEqualTo(auto);
                    }
                }
                try (Connection connection = pool.getConnection()) {
                    assertThat(
                                    MirrorTarget.rows(
                                            connection,
                                            "SELECT current_setting('lock_timeout'), (SELECT count(*) FROM t), to_regclass('pg_temp.caravan_difference')"))
                            .containsExactly("0|4|∅");
                }
            }
        }
    }
}
