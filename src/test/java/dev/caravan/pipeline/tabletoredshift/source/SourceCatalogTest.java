package dev.caravan.pipeline.tabletoredshift.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.caravan.sandbox.source.SharedSources;
import dev.caravan.sandbox.source.SourceDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** What is known of a table is what its own database says of it. */
class SourceCatalogTest {
    @Test
    void mariaDbSaysWhatColumnsThereAre() throws SQLException {
        run(
                SharedSources.mariaDb(),
                "CREATE DATABASE described",
                "CREATE TABLE described.`Odd ``table` (b INT UNSIGNED NOT NULL, a VARCHAR(10) CHARACTER SET latin1 NOT NULL,"
                        + " c DECIMAL(10,3), d INT AS (b + 1) VIRTUAL, e INT INVISIBLE, f JSON, g LONGTEXT, h DATETIME(3),"
                        + " i BIT(7), j TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, PRIMARY KEY (a, b))");
        SourceTable table = table(SharedSources.mariaDb(), new TableId("described", "Odd `table"));
        assertThat(table.kind()).isEqualTo(SourceKind.MYSQL);
        assertThat(table.engine()).isEqualTo("InnoDB");
        assertThat(table.primaryKey()).containsExactly("a", "b");
        assertThat(table.columns())
                .extracting(
                        SourceColumn::name,
                        SourceColumn::type,
                        SourceColumn::length,
                        SourceColumn::precision,
                        SourceColumn::scale,
                        SourceColumn::nullable,
                        SourceColumn::generated,
                        SourceColumn::invisible)
                .containsExactly(
                        tuple("b", "int", 0L, 10, 0, false, false, false),
                        tuple("a", "varchar", 10L, 0, 0, false, false, false),
                        tuple("c", "decimal", 0L, 10, 3, true, false, false),
                        tuple("d", "int", 0L, 10, 0, true, true, false),
                        tuple("e", "int", 0L, 10, 0, true, false, true),
                        tuple("f", "json", 4294967295L, 0, 0, true, false, false),
                        tuple("g", "longtext", 4294967295L, 0, 0, true, false, false),
                        tuple("h", "datetime", 0L, 3, 0, true, false, false),
                        tuple("i", "bit", 7L, 7, 0, true, false, false),
                        tuple("j", "timestamp", 0L, 0, 0, false, false, false));
        assertThat(table.columns().get(0).isUnsigned()).isTrue();
        assertThat(table.columns().get(1).charset()).isEqualTo("latin1");
    }

    @Test
    void namesOfMariaDbThatDifferInTheirCaseAreTwo() throws SQLException {
        run(
                SharedSources.mariaDb(),
                "CREATE DATABASE cases",
                "CREATE TABLE cases.t (lower_case INT)",
                "CREATE TABLE cases.T (upper_case INT)",
                "CREATE VIEW cases.v AS SELECT 1 AS one");
        try (Connection connection = SharedSources.mariaDb().connect()) {
            SourceCatalog catalog = SourceCatalog.of(connection);
            assertThat(catalog.tables().stream().filter(id -> id.schema().equals("cases")))
                    .containsExactlyInAnyOrder(
                            new TableId("cases", "T"), new TableId("cases", "t"), new TableId("cases", "v"));
            assertThat(catalog.table(new TableId("cases", "t")).orElseThrow().columns())
                    .extracting(SourceColumn::name)
                    .containsExactly("lower_case");
            assertThat(catalog.table(new TableId("cases", "v")).orElseThrow().engine())
                    .isEmpty();
            assertThat(catalog.table(new TableId("Cases", "t"))).isEmpty();
        }
    }

    @Test
    void postgresSaysWhatColumnsThereAre() throws SQLException {
        run(
                SharedSources.postgres(),
                "CREATE SCHEMA described",
                "CREATE DOMAIN described.price AS numeric(10,3)",
                "CREATE DOMAIN described.high_price AS described.price",
                "CREATE TYPE described.mood AS ENUM ('sad')",
                "CREATE TABLE described.\"Odd \"\"table\" (b INT NOT NULL, a VARCHAR(10) NOT NULL, gone INT, c NUMERIC(10,-3),"
                        + " d INT GENERATED ALWAYS AS (b + 1) STORED, e described.high_price, f described.mood, g INT[],"
                        + " h TIMESTAMP(3), i BIT(7), PRIMARY KEY (a, b))",
                "ALTER TABLE described.\"Odd \"\"table\" DROP COLUMN gone");
        SourceTable table = table(SharedSources.postgres(), new TableId("described", "Odd \"table"));
        assertThat(table.kind()).isEqualTo(SourceKind.POSTGRESQL);
        assertThat(table.engine()).isEqualTo("heap");
        assertThat(table.primaryKey()).containsExactly("a", "b");
        assertThat(table.columns())
                .extracting(
                        SourceColumn::name,
                        SourceColumn::type,
                        SourceColumn::declared,
                        SourceColumn::length,
                        SourceColumn::precision,
                        SourceColumn::scale,
                        SourceColumn::nullable,
                        SourceColumn::generated)
                .containsExactly(
                        tuple("b", "int4", "integer", 0L, 0, 0, false, false),
                        tuple("a", "varchar", "character varying(10)", 10L, 0, 0, false, false),
                        tuple("c", "numeric", "numeric(10,-3)", 0L, 10, -3, true, false),
                        tuple("d", "int4", "integer", 0L, 0, 0, true, true),
                        tuple("e", "numeric", "described.high_price (numeric(10,3))", 0L, 10, 3, true, false),
                        tuple("f", "enum", "described.mood", 0L, 0, 0, true, false),
                        tuple("g", "array", "integer[]", 0L, 0, 0, true, false),
                        tuple("h", "timestamp", "timestamp(3) without time zone", 0L, 3, 0, true, false),
                        tuple("i", "bit", "bit(7)", 7L, 0, 0, true, false));
    }

    @Test
    void aPartitionedTableOfPostgresIsOne() throws SQLException {
        run(
                SharedSources.postgres(),
                "CREATE SCHEMA parted",
                "CREATE TABLE parted.events (id INT) PARTITION BY RANGE (id)",
                "CREATE TABLE parted.events_1 PARTITION OF parted.events FOR VALUES FROM (1) TO (10)",
                "CREATE VIEW parted.seen AS SELECT * FROM parted.events");
        try (Connection connection = SharedSources.postgres().connect()) {
            assertThat(SourceCatalog.of(connection).tables().stream()
                            .filter(id -> id.schema().equals("parted")))
                    .containsExactly(new TableId("parted", "events"), new TableId("parted", "seen"));
        }
    }

    private static SourceTable table(SourceDatabase database, TableId id) throws SQLException {
        try (Connection connection = database.connect()) {
            return SourceCatalog.of(connection).table(id).orElseThrow();
        }
    }

    private static void run(SourceDatabase database, String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
