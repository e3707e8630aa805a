package dev.caravan.pipeline.redshifttopostgres.postgres.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.pipeline.redshifttopostgres.postgres.MirrorTarget;
import dev.caravan.pipeline.redshifttopostgres.postgres.MirroredTable;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.ApplyDifference;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.ApplySettings;
import dev.caravan.pipeline.redshifttopostgres.postgres.apply.Changes;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person hears beforehand what would stop the mirror, and what else happens when it writes. */
class TargetCheckTest {
    private static final MirrorTarget TARGET = new MirrorTarget();
    private static final MirroredTable TABLE =
            new MirroredTable("shop", "goods", List.of("id"), List.of("id", "sku", "name"));

    @BeforeEach
    void table() throws Exception {
        TARGET.run(
                "DROP SCHEMA IF EXISTS caravan CASCADE",
                "DROP SCHEMA IF EXISTS shop CASCADE",
                "CREATE SCHEMA shop",
                "CREATE TABLE shop.goods (id bigint PRIMARY KEY, sku text NOT NULL, name text)");
    }

    @Test
    void aGoodTableHasNothing() throws Exception {
        assertThat(findings("postgres")).isEmpty();
    }

    @Test
    void missingRightsAreSaidAsWhatGivesThem_andThenTheMirrorRuns() throws Exception {
        String user = "mirror_writer";
        TARGET.run(
                "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'mirror_writer') THEN CREATE ROLE"
                        + " mirror_writer LOGIN; END IF; END $$",
                "DO $$ BEGIN EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()); EXECUTE"
                        + " format('GRANT CONNECT ON DATABASE %I TO PUBLIC', current_database()); END $$");
        List<String> faults = faults(user);
        assertThat(faults).hasSize(4).allMatch(sentence -> sentence.startsWith("The target's user lacks a right: "));
        List<String> remedies = faults.stream()
                .map(sentence -> sentence.substring(sentence.indexOf(": ") + 2))
                .toList();
        assertThat(remedies)
                .contains(
                        "GRANT USAGE ON SCHEMA \"shop\" TO \"mirror_writer\"",
                        "GRANT SELECT, INSERT, UPDATE, DELETE ON \"shop\".\"goods\" TO \"mirror_writer\"",
                        "CREATE SCHEMA IF NOT EXISTS caravan AUTHORIZATION \"mirror_writer\"")
                .anyMatch(remedy -> remedy.startsWith("GRANT TEMP ON DATABASE"));
        TARGET.run(remedies.toArray(String[]::new));
        assertThat(faults(user)).isEmpty();
        Changes changes = new Changes(TABLE).insert(1, "a", "b");
        try (Connection connection = TARGET.connect(user)) {
            new ApplyDifference(() -> false)
                    .apply(connection, TABLE, changes.first("a"), changes.files(), ApplySettings.DEFAULT);
        }
        assertThat(TARGET.rows("SELECT * FROM shop.goods")).containsExactly("1|a|b");
        TARGET.run(
                "ALTER TABLE shop.goods ENABLE ROW LEVEL SECURITY",
                "REVOKE UPDATE ON caravan.mirrors FROM mirror_writer");
        assertThat(faults(user))
                .anyMatch(sentence -> sentence.contains("GRANT SELECT, INSERT, UPDATE ON caravan.mirrors"))
                .anyMatch(sentence -> sentence.contains("Row security hides rows of shop.goods"));
    }

    @Test
    void whatStopsTheMirror() throws Exception {
        TARGET.run(
                "ALTER TABLE shop.goods SET UNLOGGED, DROP CONSTRAINT goods_pkey",
                "ALTER TABLE shop.goods ADD must int NOT NULL, DROP name");
        assertThat(faults("postgres"))
                .anyMatch(sentence -> sentence.contains("UNLOGGED"))
                .anyMatch(sentence -> sentence.contains("nothing in shop.goods keeps two rows from having the same id"))
                .anyMatch(sentence -> sentence.contains("shop.goods.must is NOT NULL without a default"))
                .anyMatch(sentence -> sentence.contains("shop.goods has no column name"));
        TARGET.run("ALTER TABLE shop.goods SET LOGGED", "CREATE PUBLICATION shop_goods FOR TABLE shop.goods");
        assertThat(faults("postgres"))
                .noneMatch(sentence -> sentence.contains("UNLOGGED"))
                .anyMatch(sentence -> sentence.contains("Publication shop_goods"));
        TARGET.run("DROP PUBLICATION shop_goods", "DROP TABLE shop.goods");
        assertThat(faults("postgres"))
                .containsExactly("There is no table shop.goods in PostgreSQL: create it, or correct targetTable");
        TARGET.run(
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$");
        try {
            assertThat(faults("postgres")).anyMatch(sentence -> sentence.contains("read-only"));
        } finally {
            try (Connection connection = TARGET.connect()) {
                connection.createStatement().execute("SET default_transaction_read_only = off");
                connection
                        .createStatement()
                        .execute(
                                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET ALL', current_database()); END $$");
            }
        }
    }

    @Test
    void whatElseHappens() throws Exception {
        TARGET.run(
                "CREATE TABLE shop.parts (id bigint REFERENCES shop.goods ON DELETE CASCADE, of bigint REFERENCES shop.goods)",
                "CREATE TABLE shop.kinds (kind text PRIMARY KEY)",
                "CREATE SEQUENCE shop.numbers",
                "ALTER TABLE shop.goods ADD UNIQUE (sku), ADD FOREIGN KEY (name) REFERENCES shop.kinds,"
                        + " ALTER id SET DEFAULT nextval('shop.numbers')",
                "CREATE FUNCTION shop.f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                "CREATE TRIGGER looks BEFORE INSERT ON shop.goods FOR EACH ROW EXECUTE FUNCTION shop.f()",
                "CREATE RULE nothing AS ON DELETE TO shop.goods WHERE OLD.id < 0 DO INSTEAD NOTHING");
        assertThat(faults("postgres")).isEmpty();
        assertThat(findings("postgres").stream().map(Finding::sentence))
                .anyMatch(sentence -> sentence.contains("parts_id_fkey of shop.parts deletes rows of shop.parts"))
                .anyMatch(sentence -> sentence.contains("parts_of_fkey of shop.parts keeps the mirror from deleting"))
                .anyMatch(sentence -> sentence.contains("leads to shop.kinds"))
                .anyMatch(sentence -> sentence.contains("Trigger looks of shop.goods"))
                .anyMatch(sentence -> sentence.contains("Rule nothing of shop.goods"))
                .anyMatch(sentence -> sentence.contains("shop.goods.id has numbers of a sequence"))
                .anyMatch(sentence ->
                        sentence.contains("swap values of goods_sku_key (sku)") && sentence.contains("DEFERRABLE"));
    }

    @Test
    void partitionsAndKeysThatMayBeNull() throws Exception {
        TARGET.run(
                "DROP TABLE shop.goods",
                "CREATE TABLE shop.goods (id bigint, sku text, name text) PARTITION BY LIST (name)",
                "CREATE TABLE shop.goods_other PARTITION OF shop.goods DEFAULT",
                "CREATE UNIQUE INDEX ON shop.goods (id, name)");
        MirroredTable table = new MirroredTable("shop", "goods", List.of("id", "name"), List.of("id", "sku", "name"));
        try (Connection connection = TARGET.connect()) {
            assertThat(TargetCheck.findings(connection, table))
                    .extracting(Finding::sentence)
                    .containsExactly(
                            "shop.goods.id is a key and may be NULL: rows in which it is are left to the application",
                            "shop.goods.name is a key and may be NULL: rows in which it is are left to the application");
            assertThat(TargetCheck.findings(connection, TABLE).stream().map(Finding::sentence))
                    .anyMatch(sentence -> sentence.contains("is partitioned by name, which is no key"));
        }
    }

    private static List<Finding> findings(String user) throws Exception {
        try (Connection connection = TARGET.connect(user)) {
            return TargetCheck.findings(connection, TABLE);
        }
    }

    private static List<String> faults(String user) throws Exception {
        return findings(user).stream()
                .filter(Finding::hinders)
                .map(Finding::sentence)
                .toList();
    }
}
