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
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All rows come into a table that is empty, or are applied as usual. */
class FirstRowsTest {
    private static final MirrorTarget TARGET = new MirrorTarget();
    private static final MirroredTable TABLE =
            new MirroredTable("public", "goods", List.of("id"), List.of("id", "sku", "name"));

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
        assertThat(load(rows, ApplySettings.DEFAULT)).isEqualTo(new Applied(false, 3, 0, 0, 0, 0, 0));
        assertThat(TARGET.rows("SELECT * FROM goods ORDER BY id")).containsExactly("1|a|∅", "2|b|x\nI,\"y\"", "3|c|");
        assertThat(load(rows, ApplySettings.DEFAULT).already()).isTrue();
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
            assertThatThrownBy(() -> new FirstRows(() -> false)
                            .load(
                                    connection,
                                    TABLE,
                                    new Changes(TABLE).insert(1, "a", "x").first("n"),
                                    update.files(),
                                    ApplySettings.DEFAULT))
                    .isInstanceOf(TargetRefused.class)
                    .hasMessageContaining("begins with 'U' instead of I");
            assertThat(TargetLedger.held(connection, "m")).isEmpty();
        }
        assertThat(TARGET.rows("SELECT * FROM goods")).isEmpty();
    }

    @Test
    void aTableThatHasRowsGetsThemAsUsual() throws Exception {
        TARGET.run("INSERT INTO goods VALUES (7, 'z', 'theirs')");
        Changes rows = new Changes(TABLE).insert(1, "a", "x").insert(2, "b", "y");
        assertThat(load(rows, ApplySettings.DEFAULT).inserted()).isEqualTo(2);
        assertThat(TARGET.rows("SELECT id, name FROM goods ORDER BY id")).containsExactly("1|x", "2|y", "7|theirs");
    }

    private static void refused(Changes rows, String... words) {
        assertThatThrownBy(() -> load(rows, ApplySettings.DEFAULT))
                .isInstanceOf(TargetRefused.class)
                .hasMessageContainingAll(words);
    }

    private static Applied load(Changes rows, ApplySettings settings) throws Exception {
        try (Connection connection = TARGET.connect()) {
            return new FirstRows(() -> false).load(connection, TABLE, rows.first("n"), rows.files(), settings);
        }
    }

    private static String held() throws Exception {
        try (Connection connection = TARGET.connect()) {
            return TargetLedger.held(connection, "m").orElseThrow().snapshot();
        }
    }
}
