package dev.caravan.redshift.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlHookTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM a",
                "DELETE FROM a;",
                "delete from a where b = 'commit; truncate';\nINSERT INTO c SELECT * FROM d ; ",
                "CALL tidy('it''s', \"odd \"\" name\")",
                "-- says why; commit\nDELETE FROM a",
                "/* truncate; */ DELETE FROM a; /* done */ ",
                "CREATE TEMP TABLE t AS SELECT $$ ; commit $$ AS x",
                "UPDATE a SET b = 'C:\\\\'"
            })
    void statementsOfALoad(String sql) {
        assertThat(SqlHook.advice(sql)).isEmpty();
        assertThat(SqlHook.of(sql).orElseThrow()).doesNotEndWith(";");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    TRUNCATE a                         | TRUNCATE would end the load's transaction, in which all of it happens or nothing; write DELETE FROM
                    DELETE FROM a; commit              | COMMIT would end the load's transaction, in which all of it happens or nothing; remove it
                    /* x */ ROLLBACK                   | ROLLBACK would end the load's transaction, in which all of it happens or nothing; remove it
                    ; ; VACUUM a                       | VACUUM would end the load's transaction, in which all of it happens or nothing; remove it
                    COPY a FROM 's3://b/c'             | COPY can't be part of a load; remove it
                    DELETE FROM a WHERE b = "x         | what begins with " is not closed; close it
                    DELETE FROM a /* not closed        | what begins with /* is not closed; close it
                    DELETE FROM a /* a /* nested */ */ | what begins with /* is not closed; close it
                    SELECT $a$ x $b$                   | what begins with $a$ is not closed; close it
                    DELETE FROM a -- why               | it ends with a comment, which would swallow what follows; put it before a statement
                    """, quoteCharacter = '`')
    void whatMayNotStandInALoad(String sql, String advice) {
        assertThat(SqlHook.advice(sql)).hasValue(advice);
        assertThat(SqlHook.of(sql)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE FROM a WHERE b = 'x", "SELECT 'a\\'; COMMIT; --'", "SELECT 'a\\' || 'b'"})
    void aStringThatSomeReaderTakesForOpenIsRefused(String sql) {
        assertThat(SqlHook.advice(sql)).isPresent();
    }
}
