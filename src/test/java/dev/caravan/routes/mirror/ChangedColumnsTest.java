package dev.caravan.routes.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.sandbox.SharedSandbox;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Columns that come, go, get other names, places or sizes: the next run brings what differs, and nobody loads everything again. */
class ChangedColumnsTest extends MirroringTest {
    @BeforeEach
    void table() throws Exception {
        cluster.run("CREATE TABLE " + schema + ".companies (id BIGINT, name VARCHAR(40), city VARCHAR(40))");
        cluster.run("INSERT INTO " + schema + ".companies VALUES (1, 'Ant', 'Oslo'), (2, 'Bee', NULL), (3, 'Cat', '')");
        target("CREATE TABLE " + schema + ".companies (id bigint PRIMARY KEY, name text, city text, mark text)");
    }

    @Test
    void aNewColumnIsAddedToTheTarget_andOnlyRowsThatHaveAValueThereAreWritten() throws Exception {
        start("maxChanges", "100%");
        good(run());
        target("UPDATE " + schema + ".companies SET mark = 'seen'");
        cluster.run(
                "ALTER TABLE " + schema + ".companies ADD COLUMN founded DATE",
                "UPDATE " + schema + ".companies SET founded = '1999-12-31' WHERE id = 2");
        Run run = good(run());
        assertThat(run.counts()).containsEntry("updated", 1L).containsEntry("inserted", 0L);
        assertThat(all("id, name, city, founded, mark"))
                .containsExactly("1|Ant|Oslo|null|seen", "2|Bee|null|1999-12-31|seen", "3|Cat||null|seen");
        assertThat(good(run()).reason()).startsWith("nothing differs");
    }

    @Test
    void aColumnThatIsGoneStaysInTheTargetAsItWas() throws Exception {
        start("maxChanges", "100%");
        good(run());
        cluster.run("ALTER TABLE " + schema + ".companies DROP COLUMN city");
        cluster.run("UPDATE " + schema + ".companies SET name = 'Ape' WHERE id = 1");
        assertThat(good(run()).counts()).containsEntry("updated", 1L);
        assertThat(all("id, name, city")).containsExactly("1|Ape|Oslo", "2|Bee|null", "3|Cat|");
    }

    @Test
    void aColumnThatGotAnotherNameIsANewOne_unlessColumnsSaysWhereItGoes() throws Exception {
        start("columns", "*, name=name", "maxChanges", "100%");
        good(run());
        cluster.run("ALTER TABLE " + schema + ".companies RENAME COLUMN city TO town");
        assertThat(good(run()).counts()).containsEntry("updated", 2L);
        assertThat(all("id, name, city, town")).containsExactly("1|Ant|Oslo|Oslo", "2|Bee|null|null", "3|Cat||");
    }

    @Test
    void aWiderColumnAndAnotherOrderChangeNothing() throws Exception {
        start();
        good(run());
        cluster.run(
                "ALTER TABLE " + schema + ".companies ALTER COLUMN name TYPE VARCHAR(80)",
                "ALTER TABLE " + schema + ".companies RENAME TO companies_before",
                "CREATE TABLE " + schema + ".companies AS SELECT city, id, name FROM " + schema + ".companies_before");
        assertThat(good(run()).reason()).startsWith("nothing differs");
    }

    @Test
    void whoSaysSoIsToldInsteadOfChangedColumns_orGoesOnWithoutThem() throws Exception {
        start("onColumnChange", "fail");
        good(run());
        cluster.run("ALTER TABLE " + schema + ".companies ADD COLUMN founded DATE");
        Run refused = run();
        assertThat(refused.status()).isEqualTo(RunStatus.ERROR);
        assertThat(refused.reason()).contains("onColumnChange is fail: now there is founded (DATE)");
        stop();
        start("onColumnChange", "ignoreNew");
        cluster.run("UPDATE " + schema + ".companies SET name = 'Ape' WHERE id = 1");
        assertThat(good(run(false, false)).counts()).containsEntry("updated", 1L);
        assertThat(all("id, name")).containsExactly("1|Ape", "2|Bee", "3|Cat");
    }

    @Test
    void columnsThatChangeWhileARunIsUnderWayHaveItMakeTheDifferenceAnew() throws Exception {
        start("maxChanges", "100%");
        good(run());
        cluster.run("UPDATE " + schema + ".companies SET name = 'Ape' WHERE id = 1");
        SharedSandbox.get().redshift().faults().add("serializable match=\"^\\s*UNLOAD\" times=1");
        Run run = ask(false, false);
        await().until(() -> runs("alice").find(name, run.id()).orElseThrow().history().stream()
                .anyMatch(event ->
                        event.what().equals("postponed") && event.detail().contains("erializ")));
        cluster.run(
                "ALTER TABLE " + schema + ".companies ADD COLUMN founded DATE",
                "UPDATE " + schema + ".companies SET founded = '1999-12-31' WHERE id = 2");
        Run ended = good(ended(run));
        assertThat(ended.history())
                .anyMatch(event -> event.detail().contains("have changed since the difference was made"));
        assertThat(all("id, name, founded")).containsExactly("1|Ape|null", "2|Bee|1999-12-31", "3|Cat|null");
    }

    private List<String> all(String columns) throws Exception {
        return rows("SELECT " + columns + " FROM " + schema + ".companies ORDER BY id");
    }
}
