package dev.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What UNLOAD writes, and that COPY reads it back. */
@ExtendWith(Cluster.Extension.class)
class UnloadFormatsTest {
    private static final String COLUMNS =
            "(id INT, small SMALLINT, big BIGINT, name VARCHAR(40), code CHAR(3), amount DECIMAL(10,2), ratio FLOAT8,"
                    + " part REAL, ok BOOLEAN, day DATE, at TIMESTAMP, zoned TIMESTAMPTZ)";
    private static final String FIRST =
            "1, 2, 3, 'a, \"b\" | c\\\\d''e', 'xy', -1.50, 0.1, 1.5, true, '2026-02-28', '2026-02-28 10:11:12.5', '2026-02-28 10:11:12+00'";

    private final Cluster cluster;

    UnloadFormatsTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void tables() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS unloaded; DROP TABLE IF EXISTS reloaded; CREATE TABLE unloaded " + COLUMNS
                + "; CREATE TABLE reloaded (LIKE unloaded); INSERT INTO unloaded VALUES (" + FIRST
                + "), (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)");
    }

    @Test
    void textHasPipesAndRedshiftsWordsAndNothingForNull() throws SQLException {
        assertThat(lines("SELECT * FROM unloaded ORDER BY id", "PARALLEL OFF"))
                .containsExactly(
                        "1|2|3|a, \"b\" | c\\d'e|xy|-1.50|0.1|1.5|t|2026-02-28|2026-02-28 10:11:12.5|2026-02-28 10:11:12+00",
                        "2|||||||||||");
    }

    @Test
    void csvQuotesWhatNeedsIt() throws SQLException {
        assertThat(lines(
                        "SELECT id, name, ok, 'x' || chr(10) || 'y' AS two FROM unloaded ORDER BY id",
                        "CSV HEADER PARALLEL OFF"))
                .containsExactly("id,name,ok,two", "1,\"a, \"\"b\"\" | c\\d'e\",t,\"x", "y\"", "2,,,\"x", "y\"");
        assertThat(lines("SELECT 1, 'a,b', 'c;d'", "CSV DELIMITER ';' PARALLEL OFF"))
                .containsExactly("1;a,b;\"c;d\"");
    }

    @Test
    void nullAsTellsNullFromAnEmptyText() throws SQLException {
        assertThat(lines("SELECT 1, NULL::varchar, ''", "CSV NULL AS '\\\\N' PARALLEL OFF"))
                .containsExactly("1,\\N,");
        assertThat(lines("SELECT 1, NULL::varchar, ''", "CSV PARALLEL OFF")).containsExactly("1,,");
    }

    @Test
    void escapeAndAddquotesAreForTextAlone() throws SQLException {
        String query = "SELECT id, name, amount FROM unloaded WHERE id = 1";
        assertThat(lines(query, "ESCAPE PARALLEL OFF")).containsExactly("1|a, \"b\" \\| c\\\\d'e|-1.50");
        assertThat(lines(query, "ADDQUOTES PARALLEL OFF")).containsExactly("\"1\"|\"a, \"b\" | c\\d'e\"|\"-1.50\"");
        assertThat(lines(query, "ADDQUOTES ESCAPE DELIMITER '\\\\001' PARALLEL OFF"))
                .containsExactly("\"1\"\001\"a, \\\"b\\\" | c\\\\d\\'e\"\001\"-1.50\"");
    }

    @Test
    void jsonIsOneObjectALine() throws SQLException {
        assertThat(lines("SELECT * FROM unloaded ORDER BY id", "JSON PARALLEL OFF"))
                .containsExactly(
                        "{\"id\":1,\"small\":2,\"big\":3,\"name\":\"a, \\\"b\\\" | c\\\\d'e\",\"code\":\"xy\",\"amount\":-1.50,"
                                + "\"ratio\":0.1,\"part\":1.5,\"ok\":\"t\",\"day\":\"2026-02-28\",\"at\":\"2026-02-28 10:11:12.5\",\"zoned\":\"2026-02-28 10:11:12+00\"}",
                        "{\"id\":2,\"small\":null,\"big\":null,\"name\":null,\"code\":null,\"amount\":null,\"ratio\":null,"
                                + "\"part\":null,\"ok\":null,\"day\":null,\"at\":null,\"zoned\":null}");
    }

    @Test
    void floatsLoseDigits() throws SQLException {
        assertThat(lines("SELECT 1.0::float8 / 7, (1.0 / 3)::real", "PARALLEL OFF"))
                .containsExactly("0.142857142857143|0.333333");
        assertThat(cluster.rows("SELECT (1.0::float8 / 7)::varchar")).containsExactly("0.14285714285714285");
    }

    @Test
    void superIsJsonWithoutBlanksAndVarbyteIsDigits() throws SQLException {
        String query = "SELECT JSON_PARSE('{\"a b\": [1, \"x \\\\\" y\"]}') AS s, ''::varchar, NULL::super AS n";
        assertThat(lines(query, "NULL AS 'no' PARALLEL OFF")).containsExactly("{\"a b\":[1,\"x \\\" y\"]}||null");
        assertThat(lines(query, "JSON PARALLEL OFF"))
                .containsExactly("{\"s\":{\"a b\":[1,\"x \\\" y\"]},\"varchar\":\"\",\"n\":null}");
        cluster.run("DROP TABLE IF EXISTS bytes; CREATE TABLE bytes (b VARBYTE(4))");
        String url = cluster.s3().put("formats/bytes.csv", "0aFF\n");
        cluster.run(Cluster.copy("bytes", url, "CSV"));
        assertThat(lines("SELECT b FROM bytes", "CSV PARALLEL OFF")).containsExactly("0aff");
        assertThatThrownBy(() -> lines("SELECT b FROM bytes", "PARQUET"))
                .hasMessageContaining("VARBYTE column \"b\" can be unloaded to text or CSV only");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "CSV NULL AS '\\\\N'; CSV NULL AS '\\\\N'",
                "ESCAPE NULL AS 'nil'; ESCAPE NULL AS 'nil'",
                "ESCAPE NULL AS 'nil' GZIP; ESCAPE NULL AS 'nil' GZIP",
                "CSV NULL AS '\\\\N' BZIP2; CSV NULL AS '\\\\N' BZIP2",
                "CSV NULL AS '\\\\N' ZSTD; CSV NULL AS '\\\\N' ZSTD",
                "FORMAT AS JSON; JSON 'auto'",
                "FORMAT PARQUET; FORMAT PARQUET"
            })
    void copyReadsItBack(String unload, String copy) throws SQLException {
        String url = TestS3.url("formats/back/" + unload.hashCode() + "/");
        cluster.run(unload("SELECT * FROM unloaded", url, unload + " ALLOWOVERWRITE MANIFEST"));
        cluster.run(Cluster.copy("reloaded", url + "manifest", copy + " MANIFEST"));
        assertThat(cluster.rows("SELECT * FROM reloaded ORDER BY id"))
                .hasSize(2)
                .isEqualTo(cluster.rows("SELECT * FROM unloaded ORDER BY id"));
    }

    @Test
    void copyOfTheUnescapedFails() throws SQLException {
        String url = TestS3.url("formats/unescaped/");
        cluster.run(unload("SELECT * FROM unloaded", url, "ALLOWOVERWRITE"));
        assertThatThrownBy(() -> cluster.run(Cluster.copy("reloaded", url, "")))
                .hasMessageContaining("stl_load_errors");
    }

    private List<String> lines(String query, String options) throws SQLException {
        String url = TestS3.url("formats/one/");
        cluster.run(unload(query, url, options + " CLEANPATH"));
        return cluster.s3()
                .client()
                .getObjectAsBytes(r -> r.bucket(TestS3.BUCKET).key("formats/one/000"))
                .asUtf8String()
                .lines()
                .toList();
    }

    private static String unload(String query, String url, String options) {
        return "UNLOAD ($$" + query + "$$) TO '" + url + "'" + Cluster.ROLE + options;
    }
}
