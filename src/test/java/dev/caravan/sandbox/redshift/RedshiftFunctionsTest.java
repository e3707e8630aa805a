package dev.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions as AWS's pages have them, with the pages' examples. */
@ExtendWith(Cluster.Extension.class)
class RedshiftFunctionsTest {
    private final Cluster cluster;

    RedshiftFunctionsTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "STRTOL('0xf', 16); 15",
                "STRTOL('abcd1234', 16); 2882343476",
                "STRTOL('1234567', 8); 342391",
                "STRTOL('110101', 2); 53",
                "STRTOL('  -zz', 36); -1295",
                "STRTOL('', 10); 0",
                "STRTOL('7fffffffffffffff', 16); 9223372036854775807",
                "STRTOL('-8000000000000000', 16); -9223372036854775808",
                "STRTOL(SUBSTRING(MD5('a'), 1, 15), 16); 57446577476672362",
                "STRTOL(NULL, 16); null",
                "FNV_HASH(1); -5968735742475085980",
                "FNV_HASH(1::smallint); 589727492704079044",
                "FNV_HASH(1::bigint); -8517097267634966620",
                "FNV_HASH('Amazon Redshift'); 7783490368944507294",
                "FNV_HASH('Amazon Redshift', FNV_HASH(1)); -2202602717770968555",
                "FNV_HASH('cd', FNV_HASH('ab')); -281581062704388899",
                "TO_HEX(2147676847); 8002f2af",
                "MD5('Amazon Redshift'); f7415e33f972c03abd4f3fed36748f7a",
                "JSON_SERIALIZE(JSON_PARSE('[10001, 10002, \"a  b\"]')); [10001,10002,\"a  b\"]",
                "LEN('français'); 8",
                "LENGTH('cat   '); 6",
                "OCTET_LENGTH('français'); 9",
                "OCTET_LENGTH('cat'::char(9)); 3",
                "SUBSTRING('caterpillar', -2, 6); cat",
                "SUBSTRING('caterpillar', 6, 8); pillar"
            })
    void aValueIsAsThePagesHaveIt(String expression, String value) throws SQLException {
        assertThat(cluster.rows("SELECT " + expression)).containsExactly(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "STRTOL('xyz', 16); XX000; The input xyz is not valid to be converted to base 16",
                "STRTOL('1', 37); 22023; between 2 and 36",
                "STRTOL('8000000000000000', 16); 22003; signed 64-bit range",
                "1 IS DISTINCT FROM 2; 42601; syntax error at or near \"distinct\"",
                "1 IS NOT DISTINCT FROM 2; 42601; syntax error at or near \"distinct\"",
                "CONCAT_WS(',', 'a', 'b'); 42883; function concat_ws does not exist",
                "STRING_AGG('a', ','); 42883; function string_agg does not exist",
                "FARMFINGERPRINT64('a'); 0A000; not supported by the sandbox",
                "JSON_SERIALIZE(JSON_PARSE('\"' || repeat('x', 66000) || '\"')); 22001; 65535"
            })
    void whatIsNoValueIsAnError(String expression, String state, String message) {
        assertThatThrownBy(() -> cluster.run("SELECT " + expression))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state))
                .hasMessageContaining(message);
    }

    @Test
    void strtolAnswersABigint() throws SQLException {
        assertThat(cluster.rows("SELECT pg_typeof(STRTOL('1', 16))")).containsExactly("bigint");
    }

    /** The shape of a difference: two tables made from a FULL OUTER JOIN in one transaction, in one string. */
    @Test
    void tablesAreMadeFromAFullJoinInOneString() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS d_new; DROP TABLE IF EXISTS d_old; DROP TABLE IF EXISTS d_delta;"
                + " CREATE TABLE d_new (id INT, name VARCHAR(9)); CREATE TABLE d_old (id INT, h BIGINT);"
                + " INSERT INTO d_new VALUES (1, 'a'), (2, 'b'), (4, NULL);"
                + " INSERT INTO d_old VALUES (1, 57446577476672362), (2, 0), (3, 0)");
        try (Connection connection = cluster.open()) {
            connection.setAutoCommit(false);
            Cluster.run(
                    connection,
                    "CREATE TABLE d_delta DISTKEY(\"id\") SORTKEY(\"id\") AS SELECT COALESCE(n.id, o.id) AS id,"
                            + " CASE WHEN o.id IS NULL THEN 'I' WHEN n.id IS NULL THEN 'D' ELSE 'U' END AS op, n.h"
                            + " FROM (SELECT id, STRTOL(SUBSTRING(MD5(COALESCE(name, 'N')), 1, 15), 16) AS h"
                            + " FROM dev.public.d_new) n FULL OUTER JOIN dev.public.d_old o ON n.id = o.id"
                            + " WHERE o.id IS NULL OR n.id IS NULL OR n.h <> o.h;"
                            + " CREATE TABLE d_state DISTSTYLE KEY DISTKEY(id) AS SELECT id, h FROM d_delta WHERE op <> 'D'");
            assertThat(Cluster.rows(connection, "SELECT id, op FROM d_delta ORDER BY id"))
                    .containsExactly("2|U", "3|D", "4|I");
            assertThat(Cluster.one(connection, "SELECT count(*) FROM d_state")).isEqualTo("2");
            connection.rollback();
        }
        assertThat(cluster.rows("SELECT count(*) FROM pg_class WHERE relname IN ('d_delta', 'd_state')"))
                .containsExactly("0");
    }
}
