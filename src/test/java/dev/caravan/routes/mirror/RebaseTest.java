package dev.caravan.routes.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.pipeline.redshifttopostgres.run.PlannedDifference;
import dev.caravan.pipeline.redshifttopostgres.run.VerifiedMirror;
import dev.caravan.routes.Pipeline;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Targets whose base is lost, wrong or unknown: both sides are compared anew, and only what differs is written. */
class RebaseTest extends MirroringTest {
    @BeforeEach
    void table() throws Exception {
        cluster.run("CREATE TABLE " + schema + ".companies (id BIGINT, name VARCHAR(40))");
        cluster.run("INSERT INTO " + schema + ".companies SELECT n, 'c' || n FROM generate_series(1, 50) n");
        target("CREATE TABLE " + schema + ".companies (id bigint PRIMARY KEY, name text)");
    }

    @Test
    void aTableThatAnotherToolFilledIsTakenOver_andOnlyWhatDiffersIsWritten() throws Exception {
        target(
                "INSERT INTO " + schema + ".companies SELECT n, 'c' || n FROM generate_series(1, 48) n",
                "UPDATE " + schema + ".companies SET name = 'old' WHERE id = 7",
                "INSERT INTO " + schema + ".companies VALUES (1000, 'whose?')");
        start();
        Run run = good(run());
        assertThat(run.counts())
                .containsEntry("inserted", 2L)
                .containsEntry("updated", 1L)
                .containsEntry("deleted", 0L)
                .containsEntry("kept", 1L);
        assertThat(good(run()).reason()).as("what nobody knows stays").startsWith("nothing differs, 50 rows");
        assertThat(rows("SELECT name FROM " + schema + ".companies WHERE id IN (7, 1000) ORDER BY id"))
                .containsExactly("c7", "whose?");
    }

    @Test
    void rowsThatNobodyKnowsGoWhereThatIsWanted() throws Exception {
        target("INSERT INTO " + schema + ".companies SELECT n, 'c' || n FROM generate_series(1, 51) n");
        start("unknownRows", "delete");
        assertThat(good(run()).counts()).containsEntry("deleted", 1L);
        assertThat(count()).isEqualTo("50");
    }

    @Test
    void aStateThatIsLostIsMadeAnew_andATargetThatWasRestoredComesUp() throws Exception {
        start();
        good(run());
        for (String table :
                cluster.column("SELECT relname FROM pg_catalog.pg_class WHERE relname LIKE 'state." + name + ".%'")) {
            cluster.run("DROP TABLE caravan.\"" + table + "\"");
        }
        cluster.run("UPDATE " + schema + ".companies SET name = 'new' WHERE id = 5");
        target("UPDATE " + schema + ".companies SET name = 'drifted' WHERE id = 6");
        assertThat(good(run()).counts()).containsEntry("updated", 2L).containsEntry("inserted", 0L);

        target(
                "CREATE TABLE " + schema + ".backup AS SELECT * FROM " + schema + ".companies",
                "CREATE TABLE " + schema + ".backup_ledger AS SELECT * FROM caravan.mirrors WHERE mirror = '" + name
                        + "'");
        cluster.run("UPDATE " + schema + ".companies SET name = 'newer' WHERE id IN (5, 8)");
        good(run());
        cluster.run("UPDATE " + schema + ".companies SET name = 'newest' WHERE id = 5");
        good(run());
        target(
                "DELETE FROM " + schema + ".companies",
                "INSERT INTO " + schema + ".companies SELECT * FROM " + schema + ".backup",
                "DELETE FROM caravan.mirrors WHERE mirror = '" + name + "'",
                "INSERT INTO caravan.mirrors SELECT * FROM " + schema + ".backup_ledger");
        assertThat(good(run()).counts()).as("of two nights").containsEntry("updated", 2L);
        assertThat(rows("SELECT name FROM " + schema + ".companies WHERE id IN (5, 8) ORDER BY id"))
                .containsExactly("newest", "newer");
    }

    @Test
    void aTargetThatWasEmptied_orIsAnotherTable_isFilledAgain() throws Exception {
        start();
        good(run());
        target("TRUNCATE " + schema + ".companies");
        assertThat(good(run()).counts()).containsEntry("inserted", 50L);
        stop();
        target("CREATE TABLE " + schema + ".others (id bigint PRIMARY KEY, name text)");
        start("targetTable", schema + ".others");
        assertThat(good(run()).counts()).containsEntry("inserted", 50L);
        assertThat(rows("SELECT count(*) FROM " + schema + ".others")).containsExactly("50");
    }

    @Test
    void drift_isFoundByVerify_andMendedByARebase() throws Exception {
        Pipeline instance = start();
        good(run());
        assertThat(planner(instance).verify(mirror(instance)).isSame()).isTrue();
        target(
                "UPDATE " + schema + ".companies SET name = 'drifted' WHERE id = 9",
                "DELETE FROM " + schema + ".companies WHERE id = 10",
                "INSERT INTO " + schema + ".companies VALUES (77, 'ours')");
        VerifiedMirror verified = planner(instance).verify(mirror(instance));
        assertThat(verified)
                .extracting(
                        VerifiedMirror::rows, VerifiedMirror::missing, VerifiedMirror::changed, VerifiedMirror::extra)
                .containsExactly(50L, 1L, 1L, 1L);
        assertThat(verified.samples())
                .containsEntry("changed", List.of("id=9"))
                .containsEntry("missing", List.of("id=10"));
        assertThat(good(run()).reason()).as("a difference in the source alone").startsWith("nothing differs");
        assertThat(good(run(false, true)).counts())
                .containsEntry("updated", 1L)
                .containsEntry("inserted", 1L)
                .containsEntry("deleted", 0L);
        assertThat(planner(instance).verify(mirror(instance)).isSame()).isTrue();
        assertThat(rows("SELECT name FROM " + schema + ".companies WHERE id = 77"))
                .containsExactly("ours");
    }

    @Test
    void aPlanSaysWhatARunWouldDo_andLeavesNothingBehind() throws Exception {
        Pipeline instance = start();
        PlannedDifference first = planner(instance).plan(mirror(instance), false);
        assertThat(first.inserts()).isEqualTo(50);
        assertThat(rows("SELECT to_regclass('caravan.mirrors')::text FROM pg_class WHERE relname = '" + schema + "'"))
                .isEmpty();
        assertThat(count()).isEqualTo("0");
        good(run());
        cluster.run("DELETE FROM " + schema + ".companies WHERE id > 40");
        PlannedDifference plan = planner(instance).plan(mirror(instance), false);
        assertThat(plan.deletes()).isEqualTo(10);
        assertThat(plan.refusal()).contains("10 rows of 50 rows would be deleted (20.0 %)");
        assertThat(plan.samples().get("delete")).hasSize(5).contains("id=41");
        assertThat(planner(instance).plan(mirror(instance), true).refusal()).isEmpty();
        assertThat(count()).isEqualTo("50");
        assertThat(cluster.column(
                        "SELECT relname FROM pg_catalog.pg_class WHERE relname LIKE 'difference." + name + ".%'"))
                .isEmpty();
    }

    @Test
    void keysThatAreNullOrStandTwiceAreRefusedWithTheirNumber() throws Exception {
        start();
        good(run());
        cluster.run("INSERT INTO " + schema + ".companies VALUES (5, 'twin')");
        Run refused = run();
        assertThat(refused.status()).isEqualTo(RunStatus.ERROR);
        assertThat(refused.reason()).contains("2 rows of " + schema + ".companies share their id with another row");
        cluster.run(
                "DELETE FROM " + schema + ".companies WHERE name = 'twin'",
                "INSERT INTO " + schema + ".companies VALUES (NULL, 'nobody')");
        assertThat(run().reason()).contains("1 row of " + schema + ".companies", "NULL in id");
        cluster.run("DELETE FROM " + schema + ".companies");
        assertThat(run().reason()).contains("is empty, and the target holds 50 rows of it");
        assertThat(count()).isEqualTo("50");
    }

    private String count() throws Exception {
        return rows("SELECT count(*) FROM " + schema + ".companies").get(0);
    }
}
