package dev.caravan.migrate.datapipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of a table, from the statement that makes it. */
class CreateTableTest {

    @Test
    void keysStandAtColumns() {
        CreateTable table = CreateTable.of(
                "create table sales.orders (id bigint primary key distkey, \"at\" timestamp sortkey, note varchar(9) default 'a ) sortkey, b')");
        assertThat(table).isEqualTo(new CreateTable("sales.orders", "id", List.of("at"), List.of("id"), false, ""));
    }

    @Test
    void keysStandBehindTheColumns() {
        CreateTable table = CreateTable.of("""
                CREATE TABLE IF NOT EXISTS "orders" (
                  id BIGINT, price DECIMAL(10, 2), at TIMESTAMP,
                  CONSTRAINT pk PRIMARY KEY ("id", at)
                ) DISTSTYLE KEY DISTKEY ("id") INTERLEAVED SORTKEY (at, id);""");
        assertThat(table)
                .isEqualTo(new CreateTable("orders", "id", List.of("at", "id"), List.of("id", "at"), true, "key"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "create table t as select 1",
                "create table t (a int",
                "create table t (a varchar default 'x",
                "create table t (a int) ; drop table t (",
                "select 1",
                "create table t (a int default '\\')"
            })
    void whatIsNotUnderstoodHasNoKeys(String sql) {
        CreateTable table = CreateTable.of(sql);
        assertThat(table.distKey()).isEmpty();
        assertThat(table.sortKey()).isEmpty();
        assertThat(table.primaryKey()).isEmpty();
    }
}
