package dev.caravan.pipeline.tabletoredshift.extract;

import static dev.caravan.pipeline.tabletoredshift.extract.TypeBed.BECOMES_NULL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.caravan.pipeline.tabletoredshift.source.TableId;
import dev.caravan.pipeline.tabletoredshift.type.Policy;
import dev.caravan.pipeline.tabletoredshift.type.TypeMapping;
import dev.caravan.sandbox.source.SharedSources;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every type of MySQL and MariaDB with the values at its edges: each arrives as it is, or as the mapping says and counted. */
class NoMySqlValueChangesTest {
    private static final String EMOJI = "寿司\uD83C\uDF63"; // of four bytes

    static TypeBed bed() {
        return new TypeBed()
                .type("TINYINT", "SMALLINT", "-128", "-128", "127", "127")
                .type("TINYINT(1)", "SMALLINT", "2", "2", "-128", "-128", "0", "0")
                .type("TINYINT UNSIGNED", "SMALLINT", "255", "255")
                .type("SMALLINT", "SMALLINT", "-32768", "-32768")
                .type("SMALLINT UNSIGNED", "INTEGER", "65535", "65535")
                .type("MEDIUMINT UNSIGNED", "INTEGER", "16777215", "16777215")
                .type("INT", "INTEGER", "-2147483648", "-2147483648")
                .type("INT UNSIGNED", "BIGINT", "4294967295", "4294967295")
                .type("BIGINT", "BIGINT", "-9223372036854775808", "-9223372036854775808")
                .type("BIGINT UNSIGNED", "DECIMAL(20,0)", "18446744073709551615", "18446744073709551615")
                .type("INT(6) ZEROFILL", "BIGINT", "42", "000042")
                .type(
                        "DECIMAL(38,10)",
                        "DECIMAL(38,10)",
                        "-9999999999999999999999999999.9999999999",
                        "-9999999999999999999999999999.9999999999",
                        "0.0000000001",
                        "0.0000000001")
                .type(
                        "DECIMAL(65,30)",
                        "VARCHAR(68)",
                        "-99999999999999999999999999999999999.999999999999999999999999999999",
                        "-99999999999999999999999999999999999.999999999999999999999999999999")
                .type(
                        "FLOAT",
                        "REAL",
                        "3.4028235e38",
                        "3.4028234663852886e38",
                        "0.1",
                        "0.10000000149011612",
                        "-1.17549435e-38",
                        "-1.1754943508222875e-38",
                        "16777216",
                        "16777216")
                .type("FLOAT(10,2)", "REAL", "1234567.89", "1234567.875")
                .type(
                        "DOUBLE",
                        "DOUBLE PRECISION",
                        "1.7976931348623157e308",
                        "1.7976931348623157e308",
                        "-2.2250738585072014e-308",
                        "-2.2250738585072014e-308",
                        "0.1 + 0.2e0",
                        "0.30000000000000004",
                        "123456789012345680",
                        "1.2345678901234568e17",
                        "-1e-300 * 1e-300",
                        "-0")
                .type("BIT(1)", "BOOLEAN", "b'1'", "1", "b'0'", "0")
                .type("BIT(8)", "BIGINT", "b'11111111'", "255")
                .type("BIT(64)", "DECIMAL(20,0)", "0xFFFFFFFFFFFFFFFF", "18446744073709551615")
                .type(
                        "DATE",
                        "DATE",
                        "'9999-12-31'",
                        "9999-12-31",
                        "'0000-00-00'",
                        BECOMES_NULL,
                        "'2024-02-00'",
                        BECOMES_NULL,
                        "'2024-02-31'",
                        BECOMES_NULL,
                        "'0001-01-01'",
                        "0001-01-01",
                        "'2024-02-29'",
                        "2024-02-29")
                .type(
                        "DATETIME(6)",
                        "TIMESTAMP",
                        "'9999-12-31 23:59:59.999999'",
                        "9999-12-31 23:59:59.999999",
                        "'0000-00-00 00:00:00'",
                        BECOMES_NULL,
                        "'1000-01-01 00:00:00.000001'",
                        "1000-01-01 00:00:00.000001")
                .type("DATETIME", "TIMESTAMP", "'2024-03-10 02:30:00'", "2024-03-10 02:30:00")
                .type(
                        "TIMESTAMP(6)",
                        "TIMESTAMPTZ",
                        "'1970-01-01 00:00:01'",
                        "1970-01-01 00:00:01.000000+00",
                        "'2038-01-19 03:14:07.999999'",
                        "2038-01-19 03:14:07.999999+00",
                        "'0000-00-00'",
                        BECOMES_NULL)
                .type(
                        "TIME",
                        "VARCHAR(10)",
                        "'-838:59:59'",
                        "-838:59:59",
                        "'838:59:59'",
                        "838:59:59",
                        "'0:0:1'",
                        "00:00:01")
                .type("TIME(6)", "VARCHAR(17)", "'-838:59:59.999999'", "-838:59:59.999999")
                .type("YEAR", "SMALLINT", "2155", "2155", "1901", "1901", "0", "0000")
                .type(
                        "VARCHAR(20) CHARACTER SET utf8mb4",
                        "VARCHAR(80)",
                        "''",
                        "",
                        "'" + EMOJI + "'",
                        EMOJI,
                        "' a,\"b\"\\r\\nc\\t\\\\N '",
                        " a,\"b\"\r\nc\t\\N ",
                        "'NULL'",
                        "NULL",
                        "REPEAT('\uD83C\uDF63', 20)",
                        "\uD83C\uDF63".repeat(20))
                .type("CHAR(5) CHARACTER SET latin1", "VARCHAR(20)", "'é€ ß'", "é€ ß", "''", "")
                .type("VARCHAR(10) CHARACTER SET sjis", "VARCHAR(40)", "'寿司'", "寿司")
                .type("VARCHAR(10) CHARACTER SET utf16", "VARCHAR(40)", "'" + EMOJI + "'", EMOJI)
                .type("VARCHAR(10) CHARACTER SET ascii", "VARCHAR(40)", "'a'", "a")
                .type("TINYTEXT CHARACTER SET latin1", "VARCHAR(1020)", "'ü'", "ü")
                .type("TEXT CHARACTER SET utf8mb4", "VARCHAR(65535)", "REPEAT('a', 65535)", "a".repeat(65535))
                .type("LONGTEXT CHARACTER SET utf8mb4", "VARCHAR(65535)", "REPEAT('é', 32767)", "é".repeat(32767))
                .type(
                        "JSON",
                        "VARCHAR(65535)",
                        "'{\"a\": [1, \"é\"], \"a\": 1e400}'",
                        "{\"a\": [1, \"é\"], \"a\": 1e400}")
                .type("ENUM('x','größer')", "VARCHAR(24)", "'größer'", "größer", "''", "")
                .type("SET('a','b','c')", "VARCHAR(20)", "'a,c'", "a,c", "''", "")
                .type("BINARY(3)", "VARBYTE(3)", "0x00FF22", "00FF22", "0x01", "010000")
                .type("VARBINARY(16)", "VARBYTE(16)", "0x00FF220A", "00FF220A", "''", BECOMES_NULL)
                .type("BLOB", "VARBYTE(65535)", "REPEAT(0xFE, 65535)", "FE".repeat(65535))
                .type("LONGBLOB", "VARBYTE(2000000)", "0x00", "00")
                .type("POINT", "VARCHAR(65535)", "ST_GeomFromText('POINT(0.1 -2e-300)')", "POINT(0.1 -2e-300)")
                .type(
                        "GEOMETRY",
                        "VARCHAR(65535)",
                        "ST_GeomFromText('LINESTRING(0.30000000000000004 1,123456789.12345679 2)')",
                        "LINESTRING(0.30000000000000004 1,123456789.12345679 2)")
                .type(
                        "UUID",
                        "VARCHAR(36)",
                        "'ffffffff-ffff-ffff-ffff-fffffffffffe'",
                        "ffffffff-ffff-ffff-ffff-fffffffffffe")
                .type("INET4", "VARCHAR(15)", "'255.255.255.255'", "255.255.255.255")
                .type("INET6", "VARCHAR(45)", "'ffff::255.255.255.255'", "ffff::ffff:ffff");
    }

    @Test
    void eachTypeIsExactOrMappedAsDocumentedAndCounted() throws Exception {
        TypeBed bed = bed();
        bed.create(SharedSources.mariaDb(), "all_types", "SET sql_mode = 'ALLOW_INVALID_DATES', time_zone = '+00:00'");
        TypeBed.Result result =
                bed.extract(SharedSources.mariaDb(), new TableId("shop", "all_types"), TypeMapping.DEFAULT);
        bed.check(result);
        assertThat(result.extracted().changes())
                .extracting(Extracted.Changed::policy, Extracted.Changed::values)
                .containsExactly(
                        tuple(Policy.ZERO_DATES_TO_NULL, 3L),
                        tuple(Policy.ZERO_DATES_TO_NULL, 1L),
                        tuple(Policy.ZERO_DATES_TO_NULL, 1L),
                        tuple(Policy.EMPTY_BYTES_TO_NULL, 1L));
        LoadedValues.check(bed, result, RedshiftCopy.load("mysql_all_types", result));
    }

    @Test
    void tinyint1IsBooleanAndJsonIsSuperForWhoWantsThat() throws Exception {
        Set<Policy> policies = Set.of(Policy.TINYINT1_IS_BOOLEAN, Policy.JSON_IS_SUPER);
        TypeBed bed = new TypeBed()
                .type("TINYINT(1)", "BOOLEAN", "0", "0", "1", "1")
                .type("TINYINT", "SMALLINT", "2", "2")
                .type("JSON", "SUPER", "'{\"a\": null}'", "{\"a\": null}");
        bed.create(SharedSources.mariaDb(), "wanted_types");
        TypeBed.Result result = bed.extract(SharedSources.mariaDb(), new TableId("shop", "wanted_types"), policies);
        bed.check(result);
        List<List<String>> none = List.of();
        assertThat(RedshiftCopy.load("mysql_wanted_types", result))
                .isNotEqualTo(none)
                .hasSize(3);
    }
}
