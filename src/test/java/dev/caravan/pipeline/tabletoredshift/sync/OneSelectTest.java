package dev.caravan.pipeline.tabletoredshift.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneSelectTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "select a from t where b = 'x;y -- z /* (' and c = 'it''s'",
                "with x as (select 1 as n) select n from x",
                "SELECT \"for update\", `into` FROM t",
                "SELECT substring(a FROM 1 FOR 3), a->>'b', a #> '{c}' FROM t",
                "select(1)",
                "SELECT a\nFROM t\nORDER BY a LIMIT 10",
            })
    void oneSelectIsTaken(String text) {
        assertThat(OneSelect.of(text)).hasValue(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1;",
                "SELECT 1; DROP TABLE t",
                "SELECT 1) AS a, (SELECT 2",
                "SELECT (1",
                "SELECT 1)",
                "SELECT 'a",
                "SELECT a -- , b",
                "SELECT a /* b */",
                "SELECT * INTO OUTFILE '/tmp/x' FROM t",
                "SELECT * FROM t FOR UPDATE",
                "SELECT * FROM t for no key update",
                "SELECT * FROM t LOCK IN SHARE MODE",
                "DELETE FROM t",
                "UPDATE t SET a = (SELECT 1)",
                "selection",
                "TABLE t",
            })
    void whatIsMoreOrElseIsRefused(String text) {
        assertThat(OneSelect.of(text)).isEmpty();
    }
}
