package dev.caravan.pipeline.redshifttopostgres.postgres.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.pipeline.redshifttopostgres.postgres.MirrorTarget;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetLedger;
import dev.caravan.pipeline.redshifttopostgres.postgres.TargetRefused;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.Applied;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.ApplySettings;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.Changes;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.ForeignRows;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All rows come into a table that is empty, in the place of what was there, or a bit at a time. */
class FirstLoadTest {
    private static final MirrorTarget TARGET = new MirrorTarget();
    private static final MirroredTable TABLE =
            new MirroredTable("public", "goods", List.of("id"), List.of("id", "sku", "name"));
    private static final ApplySettings ADOPT = ApplySettings.DEFAULT.withForeignRows(ForeignRows.ADOPT);

    @BeforeEach
    void table() throws Exception {
        TARGET.run(
                "DROP SCHEMA IF EXISTS caravan CASCADE",
                "DROP TABLE IF EXISTS goods CASCADE",
                "CREATE TABLE goods (id serial PRIMARY KEY, sku varchar(5) NOT NULL UNIQUE, name text CHECK (name <> 'no'))",
                "CREATE INDEX goods_by_name ON goods (name)",
                "CREATE INDEX goods_lower ON goods (lower(name)) WHERE id > 1",
                "CREATE INDEX goods_by_name_too ON goods (name)");
    }

    @Test
    void intoAnEmptyTable() throws Exception {
        Changes rows = new Changes(TABLE)
                .insert(1, "a", null)
                .insert(2, "b", "x\nI,\"y\"")
                .insert(3, "c", "");
        assertThat(load(rows, ApplySettings.DEFAULT, FirstLoadMode.SWAP))
                .isEqualTo(new Applied(false, 3, 0, 0, 0, 0, 0));
        assertThat(TARGET.rows("SELECT * FROM goods ORDER BY id")).containsExactly("1|a|∅", "2|b|x\nI,\"y\"", "3|c|");
        assertThat(load(rows, ApplySettings.DEFAULT, FirstLoadMode.SWAP).already())
                .isTrue();
        assertThat(held()).isEqualTo("n");
        assertThat(TARGET.rows("SELECT reltuples FROM pg_class WHERE relname = 'goods'"))
                .containsExactly("3");
    }

    @Test
    void whatIsWrongIsSaidByKey_andNothingIsThere() throws Exception {
        refused(
                new Changes(TABLE).insert(1, "a", "x\ny").insert(2, "b", "x\ny").insert(3, "much too long", ""),
                "public.goods.sku, id = 3",
                "value too long");
        refused(new Changes(TABLE).insert(1, "a", "x").insert(2, "a", "x"), "goods_sku_key", "id = 2");
        refused(new Changes(TABLE).insert(1, "a", "no"), "goods_name_check", "id = 1");
        Changes update = new Changes(TABLE).update(1, "a", "x");
        try (Connection connection = TARGET.connect()) {
            assertThatThrownBy(() -> new FirstLoad(() -> false)
                            .load(
                                    connection,
                                    TABLE,
                                    new Changes(TABLE).insert(1, "a", "x").first("n"),
                                    update.files(),
                                    ApplySettings.DEFAULT,
                                    FirstLoadMode.SWAP))
                    .isInstanceOf(TargetRefused.class)
                    .hasMessageContaining("begins with 'U' instead of I");
            assertThat(TargetLedger.held(connection, "m")).isEmpty();
        }
        assertThat(TARGET.rows("SELECT * FROM goods")).isEmpty();
    }

    @Test
    void inThePlaceOfWhatWasThere_withAllThatBelongsToIt() throws Exception {
        TARGET.run(
                "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'goods_owner') THEN CREATE ROLE goods_owner;"
                        + " CREATE ROLE \"goods reader\"; END IF; END $$",
                "INSERT INTO goods VALUES (1, 'old', 'old')",
                "ALTER TABLE goods OWNER TO goods_owner",
                "GRANT SELECT ON goods TO \"goods reader\" WITH GRANT OPTION",
                "GRANT UPDATE (name) ON goods TO PUBLIC",
                "COMMENT ON TABLE goods IS 'it''s ours'",
                "COMMENT ON COLUMN goods.sku IS 'unit'",
                "ALTER TABLE goods SET (fillfactor = 70)");
        Changes rows = new Changes(TABLE).insert(1, "a", null).insert(2, "b", "y");
        refused(rows, "has rows that the mirror hasn't written", "rebase");
        List<String> before = shape();
        load(rows, ADOPT, FirstLoadMode.SWAP);
        assertThat(shape()).isEqualTo(before);
        assertThat(TARGET.rows("SELECT * FROM goods ORDER BY id")).containsExactly("1|a|∅", "2|b|y");
        assertThat(held()).isEqualTo("n");
        TARGET.run("INSERT INTO goods (id, sku) VALUES (nextval('goods_id_seq') + 10, 'z')");
    }

    private static List<String> shape() throws Exception {
        List<String> shape = new ArrayList<>(
                TARGET.rows("SELECT indexdef FROM pg_indexes WHERE tablename = 'goods' ORDER BY 1"));
        shape.addAll(
                TARGET.rows(
                        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'goods'::regclass ORDER BY 1"));
        shape.addAll(TARGET.rows(
                "SELECT pg_get_userbyid(relowner), reloptions, obj_description(oid), col_description(oid, 2), (SELECT"
                        + " string_agg(x::text, ';' ORDER BY x::text) FROM aclexplode(relacl) x), pg_get_serial_sequence('goods', 'id')"
                        + " FROM pg_class WHERE oid = 'goods'::regclass"));
        shape.addAll(TARGET.rows(
                "SELECT attname, format_type(atttypid, atttypmod), attacl FROM pg_attribute WHERE attrelid ="
                        + " 'goods'::regclass AND attnum > 0 ORDER BY attnum"));
        return shape;
    }

    @Test
    void whatWouldBeLostIsAReasonNotTo() throws Exception {
        TARGET.run(
                "INSERT INTO goods VALUES (1, 'old', 'old')",
                "ALTER TABLE goods ADD mine text",
                "CREATE VIEW seen AS SELECT * FROM goods",
                "CREATE TABLE IF NOT EXISTS parts (id int)",
                "ALTER TABLE parts ADD FOREIGN KEY (id) REFERENCES goods");
        Changes rows = new Changes(TABLE).insert(1, "a", null).insert(2, "b", "y");
        assertThatThrownBy(() -> load(rows, ADOPT, FirstLoadMode.SWAP))
                .isInstanceOf(TargetRefused.class)
                .hasMessageContainingAll(
                        "column mine is the application's",
                        "foreign key parts_id_fkey leads to it",
                        "view seen reads it",
                        "Use firstLoad: chunks, or rebase");
        assertThat(load(rows, ADOPT.withChunk(1), FirstLoadMode.CHUNKS).rows()).isEqualTo(2);
        assertThat(TARGET.rows("SELECT * FROM goods ORDER BY id")).containsExactly("1|a|∅|∅", "2|b|y|∅");
    }

    @Test
    void whoeverReadsIsntKeptWaiting_andItIsSwappedWhenTheyHaveRead() throws Exception {
        TARGET.run("INSERT INTO goods VALUES (1, 'old', 'old')");
        try (Connection reader = TARGET.connect()) {
            reader.setAutoCommit(false);
            assertThat(MirrorTarget.rows(reader, "SELECT * FROM goods")).hasSize(1);
            CompletableFuture<Applied> loading = CompletableFuture.supplyAsync(() -> {
                try {
                    return load(
                            new Changes(TABLE).insert(2, "b", "y"),
                            ADOPT.withLockTimeout(Duration.ofMillis(200)),
                            FirstLoadMode.SWAP);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            Awaitility.await()
                    .until(() -> !TARGET.rows("SELECT 1 FROM pg_locks WHERE NOT granted")
                            .isEmpty());
            assertThat(TARGET.rows("SELECT sku FROM goods")).containsExactly("old");
            reader.commit();
            loading.join();
        }
        assertThat(TARGET.rows("SELECT sku FROM goods")).containsExactly("b");
    }

    private static void refused(Changes rows, String... words) {
        assertThatThrownBy(() -> load(rows, ApplySettings.DEFAULT, FirstLoadMode.SWAP))
                .isInstanceOf(TargetRefused.class)
                .hasMessageContainingAll(words);
    }

    private static Applied load(Changes rows, ApplySettings settings, FirstLoadMode mode) throws Exception {
        try (Connection connection = TARGET.connect()) {
            return new FirstLoad(() -> false).load(connection, TABLE, rows.first("n"), rows.files(), settings, mode);
        }
    }

    private static String held() throws Exception {
        try (Connection connection = TARGET.connect()) {
            return TargetLedger.held(connection, "m").orElseThrow().snapshot();
        }
    }
}
