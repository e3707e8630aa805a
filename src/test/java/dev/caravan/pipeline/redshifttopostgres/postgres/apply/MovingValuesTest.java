package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.pipeline.redshifttopostgres.postgres.MirrorTarget;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetRefused;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that must be unique may pass from row to row in any way, as far as PostgreSQL lets them. */
class MovingValuesTest {
    private static final MirrorTarget TARGET = new MirrorTarget();
    private static final MirroredTable TABLE =
            new MirroredTable("public", "goods", List.of("id"), List.of("id", "sku", "name"));

    /** A swap, a chain whose end is new, a value that is freed by a deletion and one that is freed by an update, for inserts. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "sku text UNIQUE, name text",
                "sku text NOT NULL UNIQUE, name text",
                "sku text NOT NULL CHECK (sku <> '') UNIQUE, name text",
                "sku text UNIQUE CHECK (sku IS NOT NULL), name text",
                "sku text NOT NULL UNIQUE DEFERRABLE, name text",
                "sku text NOT NULL UNIQUE DEFERRABLE INITIALLY DEFERRED, name text",
                "sku text UNIQUE NULLS NOT DISTINCT, name text",
                "sku text NOT NULL, name text, EXCLUDE (sku WITH =)",
                "sku text NOT NULL UNIQUE, name text UNIQUE",
                "sku text NOT NULL UNIQUE, name text NOT NULL, UNIQUE (name, sku)",
            })
    void swapsAndChains(String columns) throws Exception {
        create("id bigint PRIMARY KEY, " + columns
                + ", mine text DEFAULT 'default', made text GENERATED ALWAYS AS (sku || '!') STORED,"
                + " n int GENERATED ALWAYS AS IDENTITY");
        movesAndChecks();
    }

    @Test
    void indexesThatAreNoConstraints() throws Exception {
        create("id bigint PRIMARY KEY, sku text NOT NULL, name text, mine text DEFAULT 'default', made text, n int");
        TARGET.run(
                "CREATE UNIQUE INDEX ON goods (lower(sku))",
                "CREATE UNIQUE INDEX ON goods (name, sku) INCLUDE (mine) WHERE id > 0",
                "UPDATE goods SET made = sku || '!'");
        movesAndChecks();
    }

    @Test
    void partitionedTables() throws Exception {
        TARGET.run("DROP TABLE IF EXISTS goods CASCADE");
        TARGET.run(
                "CREATE TABLE goods (id bigint PRIMARY KEY, sku text NOT NULL, name text, mine text DEFAULT 'default',"
                        + " made text GENERATED ALWAYS AS (sku || '!') STORED, n int) PARTITION BY RANGE (id)",
                "CREATE TABLE goods_low PARTITION OF goods FOR VALUES FROM (0) TO (100)",
                "CREATE TABLE goods_high PARTITION OF goods DEFAULT",
                "CREATE UNIQUE INDEX ON goods_low (sku)");
        fill();
        movesAndChecks();
    }

    private static void movesAndChecks() throws Exception {
        Changes changes = new Changes(TABLE)
                .update(1, "b", "one") // a swap
                .update(2, "a", "two")
                .update(3, "d", "three") // a chain
                .update(4, "e", "four")
                .update(5, "new", "five")
                .delete(6)
                .insert(7, "f", "seven") // what 6 had
                .insert(8, "c", "eight") // what 3 had
                .update(9, "i", "other"); // the name alone
        apply(changes, "a", "b");
        assertThat(TARGET.rows("SELECT id, sku, name, mine FROM goods ORDER BY id"))
                .containsExactly(
                        "1|b|one|mine 1",
                        "2|a|two|mine 2",
                        "3|d|three|mine 3",
                        "4|e|four|mine 4",
                        "5|new|five|mine 5",
                        "7|f|seven|default",
                        "8|c|eight|default",
                        "9|i|other|mine 9");
        assertThat(TARGET.rows("SELECT id, n FROM goods WHERE id < 6 ORDER BY id"))
                .as("an identity that the application has stays")
                .allMatch(row -> row.matches("(\\d)\\|\\1") || row.endsWith("∅"));
    }

    @Test
    void whereRowsOfOthersLeadHere_theyStay_ifAColumnTakesNullOrTheConstraintIsDeferrable() throws Exception {
        for (String sku : List.of("text UNIQUE", "text NOT NULL UNIQUE DEFERRABLE")) {
            create("id bigint PRIMARY KEY, sku " + sku + ", name text, mine text, made text, n int");
            TARGET.run(
                    "CREATE TABLE parts (id bigint REFERENCES goods ON DELETE CASCADE)",
                    "INSERT INTO parts SELECT id FROM goods");
            apply(new Changes(TABLE).update(1, "b", "x").update(2, "a", "y"), "a", "b");
            assertThat(TARGET.rows("SELECT id, sku FROM goods WHERE id < 3 ORDER BY id"))
                    .containsExactly("1|b", "2|a");
            assertThat(TARGET.rows("SELECT count(*) FROM parts")).containsExactly("7");
        }
    }

    @Test
    void otherwiseAPersonIsToldWhatToDo() throws Exception {
        create("id bigint PRIMARY KEY, sku text NOT NULL UNIQUE, name text, mine text, made text, n int");
        TARGET.run(
                "CREATE TABLE parts (id bigint REFERENCES goods ON DELETE CASCADE)",
                "INSERT INTO parts SELECT id FROM goods");
        Changes changes = new Changes(TABLE).update(1, "b", "x").update(2, "a", "y");
        assertThatThrownBy(() -> apply(changes, "a", "b"))
                .isInstanceOf(TargetRefused.class)
                .hasMessageContainingAll(
                        "goods_sku_key",
                        "ALTER TABLE goods DROP CONSTRAINT goods_sku_key, ADD CONSTRAINT goods_sku_key UNIQUE (sku) DEFERRABLE",
                        "foreign key parts_id_fkey of parts");
        TARGET.run(
                "ALTER TABLE goods DROP CONSTRAINT goods_sku_key, ADD CONSTRAINT goods_sku_key UNIQUE (sku) DEFERRABLE");
        apply(changes, "a", "b");
        assertThat(TARGET.rows("SELECT count(*) FROM parts")).containsExactly("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNIQUE", "NOT NULL UNIQUE", "NOT NULL UNIQUE DEFERRABLE"})
    void aValueThatARowOfTheApplicationHasIsRefused(String unique) throws Exception {
        create("id bigint PRIMARY KEY, sku text " + unique + ", name text, mine text, made text, n int");
        TARGET.run("INSERT INTO goods VALUES (50, 'taken', 'app')");
        List<String> before = TARGET.rows("SELECT * FROM goods ORDER BY id");
        for (Changes changes : List.of(
                new Changes(TABLE).update(1, "b", "x").update(2, "taken", "y"),
                new Changes(TABLE).insert(60, "taken", "z"))) {
            assertThatThrownBy(() -> apply(changes, "a", "b"))
                    .isInstanceOf(TargetRefused.class)
                    .hasMessageContainingAll(
                            "goods_sku_key", "(sku)=(taken)", "23505", "delete it or correct the source");
        }
        assertThat(TARGET.rows("SELECT * FROM goods ORDER BY id")).isEqualTo(before);
    }

    @Test
    void foreignKeysAreLookedAtWhenAllIsWritten_ifTheyCanBe() throws Exception {
        create(
                "id bigint PRIMARY KEY, sku text REFERENCES goods_kinds DEFERRABLE, name text, mine text, made text, n int");
        apply(new Changes(TABLE).update(1, "b", "x"), "a", "b");
        assertThatThrownBy(() -> apply(new Changes(TABLE).update(1, "nowhere", "x"), "b", "c"))
                .isInstanceOf(TargetRefused.class)
                .hasMessageContainingAll("(sku)=(nowhere)", "goods_kinds", "mirror the table that it leads to first");
    }

    private static void create(String columns) throws Exception {
        TARGET.run(
                "DROP TABLE IF EXISTS parts",
                "DROP TABLE IF EXISTS goods",
                "DROP TABLE IF EXISTS goods_kinds",
                "CREATE TABLE goods_kinds (kind text PRIMARY KEY)",
                "INSERT INTO goods_kinds SELECT chr(96 + i) FROM generate_series(1, 9) i",
                "CREATE TABLE goods (" + columns + ")");
        fill();
    }

    private static void fill() throws Exception {
        TARGET.run("DROP SCHEMA IF EXISTS caravan CASCADE");
        Changes first = new Changes(TABLE);
        String[] names = {"one", "two", "three", "four", "five", "six"};
        for (int i = 1; i <= 6; i++) {
            first.insert(i, String.valueOf((char) ('a' + i - 1)), names[i - 1]);
        }
        apply(first.insert(9, "i", "nine"), "", "a");
        TARGET.run("UPDATE goods SET mine = 'mine ' || id");
    }

    private static void apply(Changes changes, String base, String snapshot) throws Exception {
        try (Connection connection = TARGET.connect()) {
            new ApplyDifference(() -> false)
                    .apply(connection, TABLE, changes.from(base, snapshot), changes.files(), ApplySettings.DEFAULT);
        }
    }
}
