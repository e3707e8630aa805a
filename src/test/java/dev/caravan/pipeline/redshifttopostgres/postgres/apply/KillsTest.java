package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.caravan.pipeline.redshifttopostgres.postgres.Held;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirrorTarget;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.PostgresFailures;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetLedger;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetRefused;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whenever the connection ends, before any call or behind any COMMIT: rows and ledger agree, and the next attempt brings in the rest. */
class KillsTest {
    private static final MirrorTarget TARGET = new MirrorTarget();
    private static final MirroredTable TABLE = new MirroredTable("public", "t", List.of("id"), List.of("id", "v"));
    private static final List<String> OLD = List.of("1|a", "2|b", "3|c", "4|d", "9|app");
    private static final List<String> NEW = List.of("1|b", "2|a", "4|x", "5|y", "6|z", "9|app");
    private static final Changes CHANGES = new Changes(TABLE)
            .update(1, "b")
            .update(2, "a")
            .delete(3)
            .update(4, "x")
            .insert(5, "y")
            .insert(6, "z");

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void inOneTransaction(boolean behindCommit) throws Exception {
        int kills = 0;
        boolean killed = true;
        for (int at = 1; killed; at++) {
            table("NOT NULL UNIQUE");
            killed = isKilled(at, behindCommit, ApplySettings.DEFAULT);
            kills += killed ? 1 : 0;
            String snapshot = held().snapshot();
            assertThat(rows()).as("killed at %s", at).isEqualTo(snapshot.equals("b") ? NEW : OLD);
            assertThat(held().halfWay()).isEmpty();
            assertThat(apply(TARGET.connect(), ApplySettings.DEFAULT).already()).isEqualTo(snapshot.equals("b"));
            assertThat(rows()).isEqualTo(NEW);
        }
        assertThat(kills).isGreaterThanOrEqualTo(behindCommit ? 1 : 25);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void inChunks(boolean behindCommit) throws Exception {
        ApplySettings two = ApplySettings.DEFAULT.withChunk(2);
        int kills = 0;
        int halves = 0;
        boolean killed = true;
        for (int at = 1; killed; at++) {
            table("");
            killed = isKilled(at, behindCommit, two);
            kills += killed ? 1 : 0;
            Held held = held();
            halves += held.halfWay().isPresent() ? 1 : 0;
            assertThat(held.halfWay().map(Held.HalfWay::rows).orElse(0L) % 2).isZero();
            isKilled(at + 2, behindCommit, two.withChunk(at)); // again on the way, in other steps
            Applied applied = apply(TARGET.connect(), at % 2 == 0 ? two : ApplySettings.DEFAULT);
            assertThat(applied.rows()).as("killed at %s", at).isEqualTo(6);
            assertThat(rows()).isEqualTo(NEW);
            assertThat(held().snapshot()).isEqualTo("b");
            assertThat(held().halfWay()).isEmpty();
        }
        assertThat(halves).isGreaterThan(2);
        assertThat(kills).isGreaterThanOrEqualTo(behindCommit ? 4 : 40);
    }

    private static boolean isKilled(int at, boolean behindCommit, ApplySettings settings)
            throws SQLException, IOException, TargetRefused {
        Killing killing = behindCommit ? Killing.behindCommit(TARGET, at) : Killing.before(TARGET, at);
        try {
            apply(killing.connection(), settings);
            return killing.hasEnded(); // what follows COMMIT may fail, and nobody minds
        } catch (SQLException e) {
            if (!PostgresFailures.of(e).mayPass()) {
                fail("a connection that ended is no reason to give up", e);
            }
            return true;
        }
    }

    private static Applied apply(Connection connection, ApplySettings settings)
            throws SQLException, IOException, TargetRefused {
        try (connection) {
            return new ApplyDifference(() -> false)
                    .apply(connection, TABLE, CHANGES.from("a", "b"), CHANGES.files(), settings);
        }
    }

    private static void table(String unique) throws Exception {
        TARGET.run(
                "DROP SCHEMA IF EXISTS caravan CASCADE",
                "DROP TABLE IF EXISTS t",
                "CREATE TABLE t (id bigint PRIMARY KEY, v text " + unique + ")");
        Changes first =
                new Changes(TABLE).insert(1, "a").insert(2, "b").insert(3, "c").insert(4, "d");
        try (Connection connection = TARGET.connect()) {
            new ApplyDifference(() -> false)
                    .apply(connection, TABLE, first.first("a"), first.files(), ApplySettings.DEFAULT);
        }
        TARGET.run("INSERT INTO t VALUES (9, 'app')");
    }

    private static List<String> rows() throws Exception {
        return TARGET.rows("SELECT id, v FROM t ORDER BY id");
    }

    private static Held held() throws Exception {
        try (Connection connection = TARGET.connect()) {
            return TargetLedger.held(connection, "m").orElseThrow();
        }
    }
}
