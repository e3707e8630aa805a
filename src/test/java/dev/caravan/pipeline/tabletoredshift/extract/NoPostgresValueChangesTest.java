package dev.caravan.pipeline.tabletoredshift.extract;

import static dev.caravan.pipeline.tabletoredshift.extract.TypeBed.BECOMES_NULL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.type.Policy;
import dev.caravan.sandbox.source.SharedSources;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every type of PostgreSQL with the values at its edges: each arrives as it is, or as the mapping says and counted. */
class NoPostgresValueChangesTest {
    private static final String EMOJI = "寿司\uD83C\uDF63"; // of four bytes

    /** Types of its own, in a schema that they may be made in again, and a session that isn't ours. */
    static final String[] BEFORE = {
        "DROP TYPE IF EXISTS mood, pair CASCADE",
        "DROP DOMAIN IF EXISTS positive CASCADE",
        "CREATE TYPE mood AS ENUM ('sad', 'größer')",
        "CREATE DOMAIN positive AS numeric(10,2) CHECK (value > 0)",
        "CREATE TYPE pair AS (n int, t text)",
        "SET TimeZone = 'Asia/Tokyo'",
        "SET lc_monetary = 'C'"
    };

    static TypeBed bed() {
        return new TypeBed()
                .type("BOOLEAN", "BOOLEAN", "true", "1", "false", "0")
                .type("SMALLINT", "SMALLINT", "-32768", "-32768")
                .type("INTEGER", "INTEGER", "-2147483648", "-2147483648")
                .type("BIGINT", "BIGINT", "-9223372036854775808", "-9223372036854775808")
                .type("OID", "BIGINT", "4294967295", "4294967295")
                .type(
                        "NUMERIC(38,10)",
                        "DECIMAL(38,10)",
                        "-9999999999999999999999999999.9999999999",
                        "-9999999999999999999999999999.9999999999",
                        "0.0000000001",
                        "0.0000000001",
                        "'NaN'",
                        BECOMES_NULL)
                .type("NUMERIC(5,-2)", "DECIMAL(7,0)", "1234567", "1234600")
                .type("NUMERIC(2,5)", "DECIMAL(5,5)", "0.00012", "0.00012")
                .type("NUMERIC(50,3)", "VARCHAR(53)", "-1e46", "-1" + "0".repeat(46) + ".000", "'NaN'", "NaN")
                .type(
                        "NUMERIC",
                        "VARCHAR(256)",
                        "1e200",
                        "1" + "0".repeat(200),
                        "'Infinity'",
                        "Infinity",
                        "'-Infinity'",
                        "-Infinity",
                        "'NaN'",
                        "NaN",
                        "1.50",
                        "1.50")
                .type(
                        "REAL",
                        "REAL",
                        "'3.4028235e38'",
                        "3.4028235e+38",
                        "0.1",
                        "0.1",
                        "-1.17549435e-38",
                        "-1.1754944e-38",
                        "'NaN'",
                        "NaN")
                .type(
                        "DOUBLE PRECISION",
                        "DOUBLE PRECISION",
                        "1.7976931348623157e308",
                        "1.7976931348623157e+308",
                        "0.1 + 0.2::float8",
                        "0.30000000000000004",
                        "'-0'",
                        "-0",
                        "'-Infinity'",
                        "-Infinity")
                .type("MONEY", "DECIMAL(22,4)", "'-92233720368547758.08'", "-92233720368547758.08")
                .type(
                        "DATE",
                        "DATE",
                        "'9999-12-31'",
                        "9999-12-31",
                        "'0001-01-01'",
                        "0001-01-01",
                        "'infinity'",
                        BECOMES_NULL,
                        "'-infinity'",
                        BECOMES_NULL,
                        "'0044-03-15 BC'",
                        BECOMES_NULL,
                        "'12024-01-01'",
                        BECOMES_NULL)
                .type(
                        "TIMESTAMP",
                        "TIMESTAMP",
                        "'9999-12-31 23:59:59.999999'",
                        "9999-12-31 23:59:59.999999",
                        "'infinity'",
                        BECOMES_NULL,
                        "'0044-03-15 12:00 BC'",
                        BECOMES_NULL,
                        "'2024-03-10 02:30:00'",
                        "2024-03-10 02:30:00")
                .type(
                        "TIMESTAMPTZ",
                        "TIMESTAMPTZ",
                        "'2024-01-01 00:00:00.000001+09'",
                        "2023-12-31 15:00:00.000001+00",
                        "'-infinity'",
                        BECOMES_NULL,
                        "'9999-12-31 23:59:59-10'",
                        BECOMES_NULL)
                .type("TIME", "TIME", "'23:59:59.999999'", "23:59:59.999999", "'00:00'", "00:00:00")
                .type("TIMETZ", "VARCHAR(24)", "'24:00:00+15:59:59'", "24:00:00+15:59:59")
                .type(
                        "INTERVAL",
                        "VARCHAR(80)",
                        "'-178000000 years -8 mons 3 days -04:05:06.000007'",
                        "P-178000000Y-8M3DT-4H-5M-6.000007S",
                        "'0'",
                        "PT0S")
                .type(
                        "VARCHAR(20)",
                        "VARCHAR(80)",
                        "''",
                        "",
                        "'" + EMOJI + "'",
                        EMOJI,
                        "E' a,\"b\"\\r\\nc\\t\\\\N '",
                        " a,\"b\"\r\nc\t\\N ",
                        "'NULL'",
                        "NULL",
                        "repeat('\uD83C\uDF63', 20)",
                        "\uD83C\uDF63".repeat(20))
                .type("VARCHAR(20000)", "VARCHAR(65535)", "repeat('x', 20000)", "x".repeat(20000))
                .type("CHAR(5)", "VARCHAR(20)", "'é€'", "é€", "''", "")
                .type("TEXT", "VARCHAR(65535)", "repeat('é', 32767)", "é".repeat(32767), "E'\\\\.'", "\\.")
                .type("NAME", "VARCHAR(63)", "'n'", "n")
                .type("\"char\"", "VARCHAR(4)", "'c'", "c")
                .type("JSON", "VARCHAR(65535)", "'{\"a\": 1,  \"a\": 1e400}'", "{\"a\": 1,  \"a\": 1e400}")
                .type("JSONB", "VARCHAR(65535)", "'{\"b\": [1.0], \"a\": \"é\"}'", "{\"a\": \"é\", \"b\": [1.0]}")
                .type("XML", "VARCHAR(65535)", "'<a b=\"c\">é</a>'", "<a b=\"c\">é</a>")
                .type("BYTEA", "VARBYTE(2000000)", "'\\x00ff22'", "00ff22", "''", BECOMES_NULL)
                .type(
                        "UUID",
                        "VARCHAR(36)",
                        "'ffffffff-ffff-ffff-ffff-fffffffffffe'",
                        "ffffffff-ffff-ffff-ffff-fffffffffffe")
                .type("INET", "VARCHAR(49)", "'10.0.0.1'", "10.0.0.1", "'ffff::1/64'", "ffff::1/64")
                .type("CIDR", "VARCHAR(49)", "'10.0.0.0/8'", "10.0.0.0/8")
                .type("MACADDR", "VARCHAR(17)", "'08:00:2b:01:02:03'", "08:00:2b:01:02:03")
                .type("BIT(3)", "VARCHAR(3)", "B'101'", "101")
                .type("BIT VARYING(5)", "VARCHAR(5)", "B'10'", "10", "B''", "")
                .type("mood", "VARCHAR(63)", "'größer'", "größer")
                .type("positive", "DECIMAL(10,2)", "1.5", "1.50")
                .type("INTEGER[]", "VARCHAR(65535)", "'{1,NULL,-3}'", "{1,NULL,-3}", "'{}'", "{}")
                .type("TEXT[]", "VARCHAR(65535)", "ARRAY['a,\"b\"', '', NULL]", "{\"a,\\\"b\\\"\",\"\",NULL}")
                .type("INT4RANGE", "VARCHAR(65535)", "'[1,10)'", "[1,10)", "'empty'", "empty")
                .type("TSTZRANGE", "VARCHAR(65535)", "'[2024-01-01 00:00+09,)'", "[\"2023-12-31 15:00:00+00\",)")
                .type("INT4MULTIRANGE", "VARCHAR(65535)", "'{[1,2),[5,6)}'", "{[1,2),[5,6)}")
                .type("pair", "VARCHAR(65535)", "ROW(1, 'a b')", "(1,\"a b\")")
                .type("POINT", "VARCHAR(65535)", "'(0.1,-2e-300)'", "(0.1,-2e-300)")
                .type(
                        "POLYGON",
                        "VARCHAR(65535)",
                        "'((0,0),(1,1),(0.30000000000000004,2))'",
                        "((0,0),(1,1),(0.30000000000000004,2))")
                .type("TSVECTOR", "VARCHAR(65535)", "'a:1 b'", "'a':1 'b'")
                .type("PG_LSN", "VARCHAR(17)", "'FFFFFFFF/FFFFFFFF'", "FFFFFFFF/FFFFFFFF");
    }

    @Test
    void eachTypeIsExactOrMappedAsDocumentedAndCounted() throws Exception {
        TypeBed bed = bed();
        bed.create(SharedSources.postgres(), "all_types", BEFORE);
        TypeBed.Result result = bed.extract(
                SharedSources.postgres(),
                new TableId("public", "all_types"),
                Set.of(Policy.OUT_OF_RANGE_TO_NULL, Policy.EMPTY_BYTES_TO_NULL));
        bed.check(result);
        assertThat(result.extracted().changes())
                .extracting(Extracted.Changed::policy, Extracted.Changed::values)
                .containsExactly(
                        tuple(Policy.OUT_OF_RANGE_TO_NULL, 1L),
                        tuple(Policy.OUT_OF_RANGE_TO_NULL, 4L),
                        tuple(Policy.OUT_OF_RANGE_TO_NULL, 2L),
                        tuple(Policy.OUT_OF_RANGE_TO_NULL, 2L),
                        tuple(Policy.EMPTY_BYTES_TO_NULL, 1L));
        LoadedValues.check(bed, result, RedshiftCopy.load("postgres_all_types", result));
    }
}
