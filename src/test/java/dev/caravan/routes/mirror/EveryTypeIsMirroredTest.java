package dev.caravan.routes.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.routes.Pipeline;
import org.junit.jupiter.api.Test;

/** Each type of Redshift, with its edge values (the sandbox takes a VARBYTE as hexadecimal digits): they arrive, and PostgreSQL makes the same hash of them as Redshift. */
class EveryTypeIsMirroredTest extends MirroringTest {
    private static final String COLUMNS =
            "id BIGINT, si SMALLINT, i INTEGER, b BIGINT, d DECIMAL(38,10), r REAL, f DOUBLE PRECISION, o BOOLEAN,"
                    + " c CHAR(8), v VARCHAR(4000), dt DATE, ts TIMESTAMP, tz TIMESTAMPTZ, t TIME, vb VARBYTE(64), s SUPER";

    @Test
    void eachValueArrives_andARebaseFindsNothingToDo() throws Exception {
        cluster.run("CREATE TABLE " + schema + ".companies (" + COLUMNS + ")");
        cluster.run(
                insert(
                        "1, -32768, -2147483648, -9223372036854775808, -9999999999999999999999999999.0000000001, -3.4e38,"
                                + " -1.7e308, false, 'ab', '', '0001-01-01', '0001-01-01 00:00:00', '0001-01-01 00:00:00+00',"
                                + " '00:00:00', CAST('' AS VARBYTE), JSON_PARSE('{}')"),
                insert(
                        "2, 32767, 2147483647, 9223372036854775807, 9999999999999999999999999999.9999999999, 3.4e38, 1.7e308,"
                                + " true, 'x  ', ' blank ', '9999-12-31', '9999-12-31 23:59:59.999999',"
                                + " '9999-12-31 23:59:59.999999+00', '23:59:59.999999', CAST('00ff5c27' AS VARBYTE),"
                                + " JSON_PARSE('[1,{\"a\":\"b\"},null]')"),
                insert("3, 0, 0, 0, 0.1, 0.1, 0.1, NULL, '', 'quote \" comma , back \\\\ slash \\\\N', '2024-02-29',"
                        + " '2024-02-29 12:00:00.5', '2024-07-01 02:30:00+09', '12:00:00.5', CAST('61' AS VARBYTE),"
                        + " JSON_PARSE('\"text\"')"),
                insert("4, 7, 7, 7, 1.50, 1e-30, 1e-300, true, 'あ', 'emoji 😀 tab \t line \n end', '1969-12-31',"
                        + " '1969-12-31 23:59:59.000001', '1969-12-31 23:59:59.000001-11', '00:00:00.000001', CAST('c3' AS VARBYTE),"
                        + " JSON_PARSE('true')"),
                insert("5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL"),
                insert(
                        "6, 1, 1, 1, 1, 123456.7, 0.333333333333333333, false, 'N', '\\\\N', '2000-01-01', '2000-01-01 00:00:00',"
                                + " '2000-01-01 00:00:00+00', '01:02:03', CAST('00' AS VARBYTE), JSON_PARSE('12.50')"));
        target("CREATE TABLE " + schema + ".companies (id bigint PRIMARY KEY, si smallint, i integer, b bigint,"
                + " d numeric(38,10), r real, f double precision, o boolean, c text, v text, dt date, ts timestamp,"
                + " tz timestamptz, t time, vb bytea, s json)");
        Pipeline instance = start("maxChanges", "100%");
        good(run());
        assertThat(rows("SELECT si, i, b, d, o, c, v, dt, ts, t, vb, s FROM " + schema + ".companies ORDER BY id"))
                .containsExactly(
                        "-32768|-2147483648|-9223372036854775808|-9999999999999999999999999999.0000000001|f|ab||0001-01-01"
                                + "|0001-01-01 00:00:00|00:00:00|\\x|{}",
                        "32767|2147483647|9223372036854775807|9999999999999999999999999999.9999999999|t|x| blank |9999-12-31"
                                + "|9999-12-31 23:59:59.999999|23:59:59.999999|\\x00ff5c27|[1,{\"a\":\"b\"},null]",
                        "0|0|0|0.1000000000|null||quote \" comma , back \\ slash \\N|2024-02-29|2024-02-29 12:00:00.5"
                                + "|12:00:00.5|\\x61|\"text\"",
                        "7|7|7|1.5000000000|t|あ|emoji 😀 tab \t line \n end|1969-12-31|1969-12-31 23:59:59.000001"
                                + "|00:00:00.000001|\\xc3|true",
                        "null|null|null|null|null|null|null|null|null|null|null|null",
                        "1|1|1|1.0000000000|f|N|\\N|2000-01-01|2000-01-01 00:00:00|01:02:03|\\x00|12.50");
        assertThat(rows("SELECT extract(epoch FROM tz), r, f FROM " + schema
                        + ".companies WHERE id IN (3, 4, 6) ORDER BY id"))
                .containsExactly(
                        "1719768600.000000|0.1|0.1",
                        "39599.000001|1e-30|1e-300",
                        "946684800.000000|123457|0.333333333333333");
        assertThat(planner(instance).verify(mirror(instance)).isSame()).isTrue();
        assertThat(good(run(false, true)).reason())
                .as("PostgreSQL's hashes are Redshift's")
                .startsWith("nothing differs");
    }

    @Test
    void aChangeOfOneValueIsFoundInEachType() throws Exception {
        cluster.run("CREATE TABLE " + schema + ".companies (" + COLUMNS + ")");
        cluster.run(insert("1, 1, 1, 1, 1, 1, 1, true, 'a', 'a', '2000-01-01', '2000-01-01 00:00:00',"
                + " '2000-01-01 00:00:00+00', '01:02:03', CAST('00' AS VARBYTE), JSON_PARSE('1')"));
        target("CREATE TABLE " + schema + ".companies (id bigint PRIMARY KEY)");
        start("maxChanges", "100%");
        good(run());
        for (String change : new String[] {
            "si = 2",
            "i = 2",
            "b = 2",
            "d = 1.0000000001",
            "r = 1.5",
            "f = 1.5",
            "o = false",
            "c = 'b'",
            "v = 'a '",
            "dt = '2000-01-02'",
            "ts = '2000-01-01 00:00:00.000001'",
            "tz = '2000-01-01 00:00:00.000001+00'",
            "t = '01:02:03.000001'",
            "vb = CAST('01' AS VARBYTE)",
            "s = JSON_PARSE('2')",
            "v = NULL",
            "v = ''",
            "s = NULL",
            "o = NULL",
            "c = NULL"
        }) {
            cluster.run("UPDATE " + schema + ".companies SET " + change);
            assertThat(good(run()).counts()).as(change).containsEntry("updated", 1L);
        }
    }

    @Test
    void whatWouldChangeAValueIsRefusedWithTheColumnsName() throws Exception {
        cluster.run("CREATE TABLE " + schema
                + ".companies (id BIGINT, d DECIMAL(10,4), ts TIMESTAMP, v VARCHAR(10), s SUPER)");
        target("CREATE TABLE " + schema
                + ".companies (id bigint PRIMARY KEY, d numeric(10,2), ts timestamp(3), v integer, s jsonb)");
        start();
        Run refused = run();
        assertThat(refused.status()).isEqualTo(RunStatus.ERROR);
        assertThat(refused.reason())
                .contains(
                        "column d is numeric, and d in PostgreSQL is numeric(10,2): digits behind the point would be lost",
                        "column ts is timestamp, and ts in PostgreSQL is timestamp(3) without time zone",
                        "column v is varchar, and v in PostgreSQL is integer",
                        "column s is super, and s in PostgreSQL is jsonb");
    }

    private String insert(String values) {
        return "INSERT INTO " + schema + ".companies SELECT " + values;
    }
}
