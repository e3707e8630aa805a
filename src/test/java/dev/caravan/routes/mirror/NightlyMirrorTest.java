package dev.caravan.routes.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class NightlyMirrorTest extends MirroringTest {
    @Test
    void whatHasChangedComes_andNothingElseIsTouched() throws Exception {
        cluster.run("CREATE TABLE " + schema + ".companies (id BIGINT, name VARCHAR(40), note VARCHAR(40))");
        cluster.run("INSERT INTO " + schema + ".companies VALUES (1, 'Ant', ''), (2, 'Bee', NULL), (3, 'Cat', 'x')");
        target(
                "CREATE TABLE " + schema + ".companies (id bigint PRIMARY KEY, name text, note text, mark text)",
                "INSERT INTO " + schema + ".companies VALUES (99, 'Ours', NULL, 'kept')");
        start("maxDeletes", "50%", "maxChanges", "100%");
        Run first = good(run());
        assertThat(first.counts()).containsEntry("inserted", 3L).containsEntry("rows", 3L);
        assertThat(mirrored()).containsExactly("1|Ant||null", "2|Bee|null|null", "3|Cat|x|null", "99|Ours|null|kept");

        target("UPDATE " + schema + ".companies SET mark = 'seen' WHERE id = 2");
        cluster.run("DELETE FROM " + schema + ".companies WHERE id = 1");
        cluster.run("UPDATE " + schema + ".companies SET note = '' WHERE id = 2");
        cluster.run("INSERT INTO " + schema + ".companies VALUES (4, 'Dog', E'a\\nb')");
        Run second = good(run());
        assertThat(second.counts())
                .containsEntry("inserted", 1L)
                .containsEntry("updated", 1L)
                .containsEntry("deleted", 1L);
        assertThat(mirrored()).containsExactly("2|Bee||seen", "3|Cat|x|null", "4|Dog|a\nb|null", "99|Ours|null|kept");
        assertThat(good(run()).reason()).startsWith("nothing differs");
    }

    @Test
    void aGuardSaysInNumbersWhyNothingWasChanged() throws Exception {
        cluster.run("CREATE TABLE " + schema + ".companies (id BIGINT, name VARCHAR(40))");
        cluster.run("INSERT INTO " + schema + ".companies SELECT n, 'c' || n FROM generate_series(1, 20) n");
        target("CREATE TABLE " + schema + ".companies (id bigint PRIMARY KEY, name text)");
        start();
        good(run());
        cluster.run("DELETE FROM " + schema + ".companies WHERE id > 10");
        Run refused = run();
        assertThat(refused.status()).isEqualTo(RunStatus.ERROR);
        assertThat(refused.reason())
                .contains("10 rows of 20 rows would be deleted (50.0 %), more than maxDeletes allows, 5 %");
        assertThat(rows("SELECT count(*) FROM " + schema + ".companies")).containsExactly("20");
        good(run(true, false));
        assertThat(rows("SELECT count(*) FROM " + schema + ".companies")).containsExactly("10");
    }

    private List<String> mirrored() throws Exception {
        return rows("SELECT id, name, note, mark FROM " + schema + ".companies ORDER BY id");
    }
}
