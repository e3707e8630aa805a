package dev.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Cluster.Extension.class)
class LoadErrorsTest {
    private final Cluster cluster;

    LoadErrorsTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void table() throws SQLException {
        cluster.run(
                "DROP TABLE IF EXISTS strict;"
                        + " CREATE TABLE strict (id INT NOT NULL, name VARCHAR(5), amount DECIMAL(6,2), day DATE, flag BOOLEAN)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1O,a,1,2026-01-01,t; id; int4; 0; 1O; 1207; Invalid digit, Value 'O', Pos 1, Type: Integer",
                "3000000000,a,1,2026-01-01,t; id; int4; 0; 3000000000; 1222; Overflow, Value '3000000000', Type: Integer",
                ",a,1,2026-01-01,t; id; int4; 0; ''; 1213; Missing data for not-null field",
                "1,abcdef,1,2026-01-01,t; name; varchar; 5; abcdef; 1204; String length exceeds DDL length",
                "1,a,1x,2026-01-01,t; amount; numeric; 6, 2; 1x; 1207; Invalid digit, Value 'x', Pos 1, Type: Decimal",
                "1,a,12345,2026-01-01,t; amount; numeric; 6, 2; 12345; 1222; Overflow, Value '12345', Type: Decimal",
                "1,a,1,2026-02-30,t; day; date; 0; 2026-02-30; 1205; Invalid date value",
                "1,a,1,26-1-1,t; day; date; 0; 26-1-1; 1205; Invalid Date Format - length must be 10 or more",
                "1,a,1,2026-01-01,maybe; flag; bool; 0; maybe; 1210; Unknown boolean format",
                "1,a,1,2026-01-01; day; date; 0; 2026-01-01; 1203; Missing data for column(s)",
                "1,a,1,2026-01-01,t,u; flag; bool; 0; t; 1202; Extra column(s) found",
            })
    void aBadRowIsToldWithFileLineColumnValueCodeAndReason(
            String row, String column, String type, String length, String value, int code, String reason)
            throws SQLException {
        String key = "bad/" + Integer.toHexString(row.hashCode()) + ".csv";
        String url = cluster.s3().put(key, "id,name,amount,day,flag\n1,\"x\ny\",1,2026-01-01,t\n" + row + "\n");
        assertThatThrownBy(() -> cluster.run(Cluster.copy("strict", url, "CSV IGNOREHEADER 1")))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("XX000"))
                .hasMessageContaining(
                        "Load into table 'strict' failed.  Check 'stl_load_errors' system table for details.");
        assertThat(cluster.rows(
                        "SELECT line_number, colname, type, col_length, raw_field_value, err_code, err_reason, raw_line"
                                + " FROM stl_load_errors WHERE trim(filename) = '" + url + "'"))
                .containsExactly(String.join("|", "4", column, type, length, value, String.valueOf(code), reason, row));
        assertThat(cluster.rows("SELECT line_number, column_name, error_code, error_message"
                        + " FROM sys_load_error_detail WHERE trim(file_name) = '" + url + "'"))
                .containsExactly(String.join("|", "4", column, String.valueOf(code), reason));
        assertThat(cluster.rows("SELECT count(*) FROM strict")).containsExactly("0");
    }

    @Test
    void everyToleratedRowIsToldWithItsOwnFile() throws SQLException {
        String a = cluster.s3().put("tolerated/a.csv", "1,a,1,2026-01-01,t\nx,a,1,2026-01-01,t\n");
        String b = cluster.s3().put("tolerated/b.csv", "2,a,1,2026-01-01,t\n3,a,1,2026-01-01,t\ny,a,1,2026-01-01,t\n");
        cluster.run(Cluster.copy("strict", TestS3.url("tolerated/"), "CSV MAXERROR 10"));
        assertThat(cluster.rows("SELECT filename, line_number, raw_field_value FROM stl_load_errors"
                        + " WHERE filename LIKE '%tolerated%' ORDER BY 1"))
                .containsExactly(a + "|2|x", b + "|3|y");
        assertThat(cluster.rows("SELECT count(*) FROM strict")).containsExactly("3");
    }

    @Test
    void errorsSurviveTheRollbackThatLeavesNothingElse() throws SQLException {
        String url = cluster.s3().put("rollback/bad.csv", "1,a,1,2026-01-01,t\nx,a,1,2026-01-01,t\n");
        try (Connection connection = cluster.open()) {
            connection.setAutoCommit(false);
            Cluster.run(connection, "INSERT INTO strict VALUES (7)");
            assertThatThrownBy(() -> Cluster.run(connection, Cluster.copy("strict", url, "CSV")))
                    .isInstanceOf(SQLException.class);
            connection.rollback();
            assertThat(Cluster.rows(connection, "SELECT count(*) FROM strict")).containsExactly("0");
            assertThat(Cluster.rows(
                            connection, "SELECT line_number FROM stl_load_errors WHERE trim(filename) = '" + url + "'"))
                    .containsExactly("2");
            assertThat(Cluster.rows(
                            connection,
                            "SELECT status, error_count FROM sys_load_history WHERE data_source = '" + url + "'"))
                    .containsExactly("aborted|1");
        }
    }

    @Test
    void aRowThatOnlyPostgresRefusesIsToldWithItsFileAndLine() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS clock; CREATE TABLE clock (id INT, at TIME)");
        cluster.s3().put("clock/a.csv", "1,10:00\n2,11:00\n");
        String b = cluster.s3().put("clock/b.csv", "id,at\n3,12:00\n4,25:99\n5,13:00\n");
        assertThatThrownBy(() -> cluster.run(Cluster.copy("clock", TestS3.url("clock/b"), "CSV IGNOREHEADER 1")))
                .hasMessageContaining("stl_load_errors");
        assertThat(cluster.rows("SELECT filename, line_number, colname, raw_field_value FROM stl_load_errors"
                        + " WHERE filename LIKE '%clock%'"))
                .containsExactly(b + "|3|at|25:99");
    }

    @Test
    void badJsonIsToldWithTheLineOfItsObject() throws SQLException {
        String url =
                cluster.s3().put("bad.json", "{\"id\": 1}\n{\"id\": 2,\n \"amount\": \"x\"}\n{\"id\": 3}\n{\"id\": ");
        cluster.run(Cluster.copy("strict", url, "JSON 'auto' MAXERROR 5"));
        assertThat(cluster.rows("SELECT line_number, colname, raw_field_value, err_code, raw_line FROM stl_load_errors"
                        + " WHERE trim(filename) = '" + url + "' AND err_code = 1207"))
                .containsExactly("3|amount|x|1207|{\"id\":2,\"amount\":\"x\"}");
        assertThat(cluster.rows("SELECT err_reason FROM stl_load_errors WHERE trim(filename) = '" + url
                        + "' AND err_code = 1216"))
                .singleElement()
                .asString()
                .startsWith("Invalid JSON");
        assertThat(cluster.rows("SELECT id FROM strict ORDER BY id")).containsExactly("1", "3");
    }

    @Test
    void invalidUtf8IsToldInHex() throws SQLException {
        String url = cluster.s3().put("latin1.csv", "1,\u00e9,1,2026-01-01,t\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> cluster.run(Cluster.copy("strict", url, "CSV")))
                .isInstanceOf(SQLException.class);
        assertThat(cluster.rows(
                        "SELECT err_code, err_reason FROM stl_load_errors WHERE trim(filename) = '" + url + "'"))
                .containsExactly(
                        "1220|String contains invalid or unsupported UTF8 codepoints. Bad UTF8 hex sequence: e9 (error 2)");
    }

    @Test
    void anUnclosedQuoteIsTold() throws SQLException {
        String url = cluster.s3().put("unclosed.csv", "1,\"a,1,2026-01-01,t\n2,b,1,2026-01-01,t\n");
        assertThatThrownBy(() -> cluster.run(Cluster.copy("strict", url, "CSV")))
                .isInstanceOf(SQLException.class);
        assertThat(cluster.rows("SELECT line_number, err_code, err_reason FROM stl_load_errors WHERE trim(filename) = '"
                        + url + "'"))
                .containsExactly("1|1214|Delimited value missing end quote");
    }

    @Test
    void aMissingTableHasPostgresSqlState() {
        List<String> states = List.of("42P01", "3F000");
        List<String> tables = List.of("nowhere", "noschema.nowhere");
        for (int i = 0; i < 2; i++) {
            String state = states.get(i);
            String copy = Cluster.copy(tables.get(i), TestS3.url("x"), "CSV");
            assertThatThrownBy(() -> cluster.run(copy))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
        }
    }
}
