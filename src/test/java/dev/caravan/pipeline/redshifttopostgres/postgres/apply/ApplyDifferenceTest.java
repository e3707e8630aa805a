package dev.caravan.pipeline.redshifttopostgres.postgres.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.pipeline.redshifttopostgres.postgres.Held;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirrorTarget;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetLedger;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetRefused;
import java.sql.Connection;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A difference comes in once and whole, or a person is told why not. */
class ApplyDifferenceTest {
    private static final MirrorTarget TARGET = new MirrorTarget();
    private static final MirroredTable TABLE =
            new MirroredTable("public", "companies", List.of("id"), List.of("id", "name", "size"));
    private static final ApplySettings ADOPT = ApplySettings.DEFAULT.withForeignRows(ForeignRows.ADOPT);

    @BeforeEach
    void table() throws Exception {
        TARGET.run(
                "DROP SCHEMA IF EXISTS caravan CASCADE",
                "DROP TABLE IF EXISTS companies CASCADE",
                "CREATE TABLE companies (id bigint PRIMARY KEY, name varchar(10), size int, note text DEFAULT 'none')");
        assertThat(apply(
                        new Changes(TABLE)
                                .insert(1, "one", 1)
                                .insert(2, "two", 2)
                                .insert(3, null, 3),
                        "",
                        "a"))
                .isEqualTo(new Applied(false, 3, 0, 0, 0, 0, 0));
        TARGET.run(
                "UPDATE companies SET note = 'of ' || id WHERE id < 3", "INSERT INTO companies VALUES (100, 'app', 0)");
    }

    @Test
    void rowsComeGoAndChange_andColumnsAndRowsOfTheApplicationStay() throws Exception {
        assertThat(apply(
                        new Changes(TABLE)
                                .insert(4, "four", null)
                                .update(1, null, 11)
                                .update(3, "", 3)
                                .delete(2),
                        "a",
                        "b"))
                .isEqualTo(new Applied(false, 1, 2, 1, 0, 0, 0));
        assertThat(rows()).containsExactly("1|∅|11|of 1", "3||3|none", "4|four|∅|none", "100|app|0|none");
        Held held = held();
        assertThat(held.snapshot()).isEqualTo("b");
        assertThat(held.base()).isEqualTo("a");
        assertThat(List.of(held.inserted(), held.updated(), held.deleted())).containsExactly(1L, 2L, 1L);
        assertThat(TARGET.rows("SELECT applied_at > now() - interval '5 minutes' FROM caravan.mirrors"))
                .containsExactly("t");
    }

    @Test
    void aSecondTimeChangesNothing_andAnotherBaseIsRefused() throws Exception {
        Changes changes = new Changes(TABLE).update(1, "uno", 1);
        apply(changes, "a", "b");
        TARGET.run("UPDATE companies SET name = 'drift' WHERE id = 1");
        assertThat(apply(changes, "a", "b")).isEqualTo(new Applied(true, 0, 1, 0, 0, 0, 0));
        refused(() -> apply(changes, "a", "c"), "PostgreSQL holds snapshot b of m", "from snapshot a to c");
        refused(() -> apply(changes, "", "c"), "from nothing to c");
        assertThat(rows()).contains("1|drift|1|of 1");
        apply(new Changes(TABLE), "b", "c");
        assertThat(held().snapshot()).isEqualTo("c");
    }

    @Test
    void valuesAreWhatTheyWere() throws Exception {
        String odd = "a\n\\.\n\"b,";
        apply(
                new Changes(TABLE)
                        .update(1, odd, 1)
                        .update(2, "\\\\N", -2147483648)
                        .insert(5, "漢字 😀", 1),
                "a",
                "b");
        try (Connection connection = TARGET.connect()) {
            assertThat(MirrorTarget.rows(connection, "SELECT name FROM companies WHERE id IN (1, 2, 5) ORDER BY id"))
                    .containsExactly(odd, "\\\\N", "漢字 😀");
        }
    }

    @Test
    void whatIsWrongWithAValueIsSaidByColumnAndKey() {
        refused(
                () -> apply(
                        new Changes(TABLE)
                                .update(1, "a\nb", 1)
                                .update(3, "c\nd\n", 3)
                                .update(2, "much too long", 2),
                        "a",
                        "b"),
                "public.companies.name, id = 2, a row of s3://lake/m/0000_part_00.gz",
                "value too long for type character varying(10)",
                "widen the column");
        refused(
                () -> apply(new Changes(TABLE).insert(7, "x", 3_000_000_000L), "a", "b"),
                "companies.size, id = 7",
                "out of range");
        refused(() -> apply(new Changes(TABLE).insert(7, "x", "many"), "a", "b"), "companies.size, id = 7", "many");
        refused(() -> apply(new Changes(TABLE).insert(7, "a\0b", 1), "a", "b"), "id = 7", "0x00", "U+0000");
        refused(() -> apply(new Changes(TABLE).insert(7, "x"), "a", "b"), "id = 7", "missing data");
    }

    @Test
    void keysThatArentAreRefused() {
        refused(() -> apply(new Changes(TABLE).update(1, "x", 1).delete(1), "a", "b"), "a key comes twice", "(1)");
        refused(() -> apply(new Changes(TABLE).insert(null, "x", 1), "a", "b"), "1 row has NULL as key (id)");
    }

    @Test
    void filesMustHaveWhatTheDifferenceSays() throws Exception {
        Changes less = new Changes(TABLE).update(1, "x", 1);
        Difference more = new Difference("m", "a", "b", "v1", 0, 2, 0);
        try (Connection connection = TARGET.connect()) {
            refused(
                    () -> new ApplyDifference(() -> false)
                            .apply(connection, TABLE, more, less.files(), ApplySettings.DEFAULT),
                    "{U=1} instead of {U=2}");
        }
        assertThat(held().snapshot()).isEqualTo("a");
    }

    @Test
    void aRowThatSomebodyElseWroteIsLeft_orAdoptedWithItsOtherColumns() throws Exception {
        TARGET.run("UPDATE companies SET note = 'mine' WHERE id = 100");
        Changes changes = new Changes(TABLE).insert(4, "four", 4).insert(100, "hundred", 100);
        refused(() -> apply(changes, "a", "b"), "somebody else has written", "id = 100", "foreignRows: adopt");
        assertThat(rows()).hasSize(4);
        Applied applied = apply(changes, "a", "b", ADOPT);
        assertThat(applied).isEqualTo(new Applied(false, 1, 1, 0, 1, 0, 0));
        assertThat(applied.remarks()).containsExactly("1 row that somebody else had written is the mirror's now");
        assertThat(rows()).contains("4|four|4|none", "100|hundred|100|mine");
    }

    @Test
    void rowsThatSomebodyDeletedAreWrittenAgain() throws Exception {
        TARGET.run("DELETE FROM companies WHERE id IN (1, 2)");
        Applied applied = apply(new Changes(TABLE).update(1, "uno", 1).delete(2).update(3, "tre", 3), "a", "b");
        assertThat(applied).isEqualTo(new Applied(false, 1, 1, 0, 0, 1, 1));
        assertThat(applied.remarks()).hasSize(2);
        assertThat(rows()).containsExactly("1|uno|1|none", "3|tre|3|none", "100|app|0|none");
    }

    @Test
    void tablesThatCantBeMirroredAreRefusedInWords() throws Exception {
        TARGET.run(
                "ALTER TABLE companies ADD COLUMN must int NOT NULL DEFAULT 0",
                "ALTER TABLE companies ALTER must DROP DEFAULT");
        Changes changes = new Changes(TABLE).insert(4, "four", 4);
        refused(() -> apply(changes, "a", "b"), "companies.must is NOT NULL without a default");
        TARGET.run("ALTER TABLE companies DROP COLUMN must, DROP CONSTRAINT companies_pkey");
        refused(() -> apply(changes, "a", "b"), "nothing in public.companies keeps two rows from having the same id");
        TARGET.run("CREATE UNIQUE INDEX ON companies (id) WHERE id > 0");
        refused(() -> apply(changes, "a", "b"), "nothing in public.companies");
        TARGET.run(
                "CREATE UNIQUE INDEX ON companies (id) INCLUDE (name)",
                "ALTER TABLE companies DROP COLUMN size, ADD COLUMN size int GENERATED ALWAYS AS (1) STORED");
        refused(() -> apply(changes, "a", "b"), "PostgreSQL makes the values of public.companies.size");
        TARGET.run("ALTER TABLE companies RENAME size TO sizes");
        refused(() -> apply(changes, "a", "b"), "has no column size: did you mean 'sizes'?");
        TARGET.run("ALTER TABLE companies RENAME TO c", "CREATE VIEW companies AS SELECT * FROM c");
        refused(() -> apply(changes, "a", "b"), "public.companies is a view");
        TARGET.run("DROP VIEW companies", "DROP TABLE c");
        refused(() -> apply(changes, "a", "b"), "There is no table public.companies");
    }

    @Test
    void aNullThatTheColumnDoesntTakeIsSaidByKey_alsoIfItsDomainDoesnt() throws Exception {
        TARGET.run("ALTER TABLE companies ALTER COLUMN size SET NOT NULL");
        refused(
                () -> apply(new Changes(TABLE).insert(4, "x", 4).update(2, "x", null), "a", "b"),
                "companies.size, id = 2");
        TARGET.run(
                "DROP DOMAIN IF EXISTS sized",
                "CREATE DOMAIN sized AS int NOT NULL CHECK (VALUE < 50)",
                "ALTER TABLE companies ALTER COLUMN size TYPE sized");
        assertThat(apply(new Changes(TABLE).delete(1).update(2, "x", 22), "a", "b")
                        .rows())
                .isEqualTo(2);
        refused(() -> apply(new Changes(TABLE).update(2, "x", null), "b", "c"), "sized", "null");
        refused(() -> apply(new Changes(TABLE).update(2, "x", 51), "b", "c"), "sized_check");
        TARGET.run("DROP TABLE companies", "DROP DOMAIN sized");
    }

    @Test
    void whatATriggerWithholdsStopsTheMirror() throws Exception {
        TARGET.run(
                "CREATE OR REPLACE FUNCTION withhold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " IF TG_OP = 'DELETE' OR NEW.id = 2 THEN RETURN NULL; END IF; RETURN NEW; END $$",
                "CREATE TRIGGER lazy BEFORE UPDATE OR DELETE ON companies FOR EACH ROW EXECUTE FUNCTION withhold()");
        refused(
                () -> apply(new Changes(TABLE).update(1, "x", 1).update(2, "x", 2), "a", "b"),
                "trigger lazy",
                "1 row instead of 2 rows");
        refused(() -> apply(new Changes(TABLE).delete(1), "a", "b"), "trigger lazy", "DELETE");
        assertThat(held().snapshot()).isEqualTo("a");
    }

    @Test
    void namesMayBeAnything_andKeysSeveral() throws Exception {
        TARGET.run(
                "DROP SCHEMA IF EXISTS \"o\"\"dd\" CASCADE",
                "CREATE SCHEMA \"o\"\"dd\"",
                "CREATE TABLE \"o\"\"dd\".\"T, 1\" (\"op\" text, \"select\" int, \"a\"\"b\" text, n int, PRIMARY KEY (\"select\", op))");
        MirroredTable odd =
                new MirroredTable("o\"dd", "T, 1", List.of("op", "select"), List.of("n", "op", "a\"b", "select"));
        try (Connection connection = TARGET.connect()) {
            ApplyDifference apply = new ApplyDifference(() -> false);
            Changes first = new Changes(odd).insert(1, "x", "v", 2).insert(2, "y", "w", 2);
            apply.apply(
                    connection, odd, new Difference("odd", "", "a", "", 2, 0, 0), first.files(), ApplySettings.DEFAULT);
            Changes next = new Changes(odd).delete("x", 2).update(3, "y", null, 2);
            apply.apply(
                    connection, odd, new Difference("odd", "a", "b", "", 0, 1, 1), next.files(), ApplySettings.DEFAULT);
            assertThat(MirrorTarget.rows(connection, "SELECT * FROM \"o\"\"dd\".\"T, 1\""))
                    .containsExactly("y|2|∅|3");
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    @Test
    void rowsOfKeysAloneCanBeMirrored() throws Exception {
        MirroredTable keys = new MirroredTable("public", "companies", List.of("id"), List.of("id"));
        try (Connection connection = TARGET.connect()) {
            Changes changes = new Changes(keys).insert(50).insert(100).delete(3);
            Applied applied = new ApplyDifference(() -> false)
                    .apply(connection, keys, changes.from("a", "b"), changes.files(), ADOPT);
            assertThat(applied).isEqualTo(new Applied(false, 1, 1, 1, 1, 0, 0));
        }
        assertThat(rows()).containsExactly("1|one|1|of 1", "2|two|2|of 2", "50|∅|∅|none", "100|app|0|none");
    }

    private static Applied apply(Changes changes, String base, String snapshot) throws Exception {
        return apply(changes, base, snapshot, ApplySettings.DEFAULT);
    }

    private static Applied apply(Changes changes, String base, String snapshot, ApplySettings settings)
            throws Exception {
        try (Connection connection = TARGET.connect()) {
            return new ApplyDifference(() -> false)
                    .apply(connection, TABLE, changes.from(base, snapshot), changes.files(), settings);
        }
    }

    private static void refused(ThrowingCallable what, String... words) {
        assertThatThrownBy(what).isInstanceOf(TargetRefused.class).hasMessageContainingAll(words);
    }

    private static List<String> rows() throws Exception {
        return TARGET.rows("SELECT id, name, size, note FROM companies ORDER BY id");
    }

    private static Held held() throws Exception {
        try (Connection connection = TARGET.connect()) {
            return TargetLedger.held(connection, "m").orElseThrow();
        }
    }
}
