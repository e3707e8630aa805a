package dev.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import io.airlift.compress.lzo.LzopHadoopStreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Cluster.Extension.class)
class CopyFormatsTest {
    private final Cluster cluster;

    CopyFormatsTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void table() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS formats;"
                + " CREATE TABLE formats (id INT, name VARCHAR(20), amount DECIMAL(10,2), day DATE)");
    }

    @Test
    void csvKnowsQuotesLineBreaksAndWindowsLineEnds() throws SQLException {
        assertThat(loaded(
                        "id,name,amount,day\r\n1,\"a, \"\"b\"\"\nc\",1.50,2026-02-28\r\n2,,,\r\n",
                        "CSV IGNOREHEADER 1"))
                .containsExactly("1|a, \"b\"\nc|1.50|2026-02-28", "2||null|null");
    }

    @Test
    void csvTakesAnotherQuoteAndDelimiter() throws SQLException {
        assertThat(loaded("1;%a;b%;2;2026-01-01\n", "CSV QUOTE AS '%' DELIMITER AS ';'"))
                .containsExactly("1|a;b|2.00|2026-01-01");
    }

    @Test
    void delimitedTextHasAPipeByDefault() throws SQLException {
        assertThat(loaded("1|a,b|1|2026-01-01\n2|\\N|\\N|\\N", ""))
                .containsExactly("1|a,b|1.00|2026-01-01", "2|null|null|null");
    }

    @Test
    void escapeTakesTheNextCharacterAsItIs() throws SQLException {
        assertThat(loaded("1\ta\\\tb\\\\c\\\nd\t1\t2026-01-01\n2\t\\N\t1\t2026-01-01\n", "DELIMITER '\\t' ESCAPE"))
                .containsExactly("1|a\tb\\c\nd|1.00|2026-01-01", "2|null|1.00|2026-01-01");
    }

    @Test
    void removeQuotesTakesQuotesOff() throws SQLException {
        assertThat(loaded("1|\"a|b\"|1|2026-01-01\n", "REMOVEQUOTES")).containsExactly("1|a|b|1.00|2026-01-01");
    }

    @Test
    void aDelimiterMayBeOctal() throws SQLException {
        assertThat(loaded("1\001a\0012\0012026-01-01\n", "DELIMITER '\\001'")).containsExactly("1|a|2.00|2026-01-01");
    }

    @Test
    void fieldsOfFixedWidthAreCutByCharacters() throws SQLException {
        assertThat(loaded(
                        "id name amount    day\n001äöü       1.50   2026-01-01\r\n  2b  \n",
                        "FIXEDWIDTH 'id:3,name:10,amount:7,day:10' IGNOREHEADER 1 TRIMBLANKS FILLRECORD"))
                .containsExactly("1|äöü|1.50|2026-01-01", "2|b|null|null");
        assertThatThrownBy(() -> loaded("001\n", "FIXEDWIDTH 'id:3,name:10,amount:7,day:10'"))
                .hasMessageContaining("stl_load_errors");
        assertThatThrownBy(() -> loaded("001\n", "FIXEDWIDTH 'id:3' DELIMITER ','"))
                .hasMessageContaining("DELIMITER argument is not supported for FIXEDWIDTH based COPY");
    }

    @Test
    void jsonMayHaveLinesAheadAndBeArraysIfThereArePaths() throws SQLException {
        assertThat(loaded("made by hand\n{\"id\": 1}", "JSON 'auto' IGNOREHEADER 1"))
                .containsExactly("1|null|null|null");
        String paths = cluster.s3().put("array.json", "{\"jsonpaths\": [\"$[1]\", \"$[0]\", \"$[2]\", \"$[3]\"]}");
        assertThat(loaded("[\"b\", 2, 1.5]", "JSON '" + paths + "'")).contains("2|b|1.50|null");
    }

    @Test
    void jsonMatchesKeysWithColumns() throws SQLException {
        assertThat(loaded(
                        "{\"id\": 1, \"name\": \"a\\\"b\", \"amount\": 1.10, \"other\": [1], \"day\": \"2026-01-01\"}\n"
                                + "{\"name\": {\"x\": [1, true]},\n \"ID\": 3, \"id\": 2} {\"id\": 3, \"name\": null}",
                        "FORMAT AS JSON 'auto'"))
                .containsExactly("1|a\"b|1.10|2026-01-01", "2|{\"x\":[1,true]}|null|null", "3|null|null|null");
    }

    @Test
    void jsonMayIgnoreCase() throws SQLException {
        assertThat(loaded("{\"ID\": 1, \"Name\": \"a\"}", "JSON 'auto ignorecase'"))
                .containsExactly("1|a|null|null");
        assertThat(loaded("{\"ID\": 1, \"Name\": \"a\"}", "JSON 'auto'")).contains("null|null|null|null");
    }

    @Test
    void jsonPathsPickValues() throws SQLException {
        String paths = cluster.s3()
                .put("paths.json", "{\"jsonpaths\": [\"$.a.id\", \"$.a.the name\", \"$.list[1]\", \"$.day\"]}");
        assertThat(loaded(
                        "{\"a\": {\"id\": 7, \"the name\": \"n\"}, \"list\": [1, 2.5], \"day\": \"2026-01-01\"}",
                        "JSON '" + paths + "'"))
                .containsExactly("7|n|2.50|2026-01-01");
    }

    @Test
    void asManyJsonPathsAsColumnsAreWanted() {
        String paths = cluster.s3().put("few.json", "{\"jsonpaths\": [\"$.id\"]}");
        assertThatThrownBy(() -> loaded("{\"id\": 7}", "JSON '" + paths + "'"))
                .hasMessageContaining("Number of jsonpaths and the number of columns should match");
    }

    @Test
    void superHoldsAnyJson() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS documents; CREATE TABLE documents (id INT, doc SUPER)");
        String json =
                cluster.s3().put("super.json", "{\"id\": 1, \"doc\": {\"a\": [1]}} {\"id\": 2, \"doc\": \"text\"}");
        cluster.run(Cluster.copy("documents", json, "JSON 'auto'"));
        String csv = cluster.s3().put("super.csv", "3,\"{\"\"b\"\": 2}\"\n");
        cluster.run(Cluster.copy("documents", csv, "CSV"));
        assertThat(cluster.rows("SELECT id, doc FROM documents ORDER BY id"))
                .containsExactly("1|{\"a\": [1]}", "2|\"text\"", "3|{\"b\": 2}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GZIP", "BZIP2", "ZSTD", "LZOP"})
    void compressedFilesAreRead(String compression) throws Exception {
        byte[] body = compressed(compression, "1,a,1,2026-01-01\n2,b,2,2026-01-02\n");
        String url = cluster.s3().put("packed/" + compression, body);
        cluster.run(Cluster.copy("formats", url, "CSV " + compression));
        assertThat(cluster.rows("SELECT id FROM formats ORDER BY id")).containsExactly("1", "2");
    }

    @Test
    void aFileThatIsNotCompressedAsSaidFailsTheLoad() {
        String url = cluster.s3().put("plain.gz", "1,a,1,2026-01-01\n");
        assertThatThrownBy(() -> cluster.run(Cluster.copy("formats", url, "CSV GZIP")))
                .hasMessageContaining("failed to inflate with gzip: ")
                .hasMessageContaining("code:      9001\n  context:   S3 key being read : " + url + "\n");
    }

    @Test
    void theColumnListSaysWhatIsInTheFile() throws SQLException {
        String url = cluster.s3().put("list.csv", "x,1\n");
        cluster.run(Cluster.copy("public.formats (\"name\", id)", url, "CSV"));
        assertThat(cluster.rows("SELECT id, name, amount FROM formats")).containsExactly("1|x|null");
        assertThatThrownBy(() -> cluster.run(Cluster.copy("formats (id, zip)", url, "CSV")))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42703"));
    }

    @Test
    void columnsThatAreNotListedTakeTheirDefaults() throws SQLException {
        cluster.run(
                "DROP TABLE IF EXISTS defaults; CREATE TABLE defaults (id BIGINT IDENTITY(1,1), v INT, d INT DEFAULT 7)");
        String url = cluster.s3().put("defaults.csv", "5\n6\n");
        cluster.run(Cluster.copy("defaults (v)", url, "CSV"));
        assertThat(cluster.rows("SELECT v, d, id FROM defaults ORDER BY v")).containsExactly("5|7|1", "6|7|2");
    }

    @Test
    void identityColumnsTakeNoValuesButExplicitIds_andThoseByDefaultDo() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS numbered; CREATE TABLE numbered (id BIGINT IDENTITY(1,1), v INT)");
        cluster.run("DROP TABLE IF EXISTS by_default;"
                + " CREATE TABLE by_default (id BIGINT GENERATED BY DEFAULT AS IDENTITY(1,1), v INT)");
        String both = cluster.s3().put("both.csv", "7,5\n");
        String one = cluster.s3().put("one.csv", "6\n");
        assertThatThrownBy(() -> cluster.run("INSERT INTO numbered (id, v) SELECT 7, 5"))
                .hasMessageContaining("cannot set an identity column to a value");
        assertThatThrownBy(() -> cluster.run(Cluster.copy("numbered (id, v)", both, "CSV")))
                .hasMessageContaining("cannot set an identity column to a value");
        assertThatThrownBy(() -> cluster.run(Cluster.copy("numbered (v)", one, "CSV EXPLICIT_IDS")))
                .hasMessageContaining("no IDENTITY column");
        cluster.run(Cluster.copy("numbered", one, "CSV"));
        cluster.run(Cluster.copy("numbered", both, "CSV EXPLICIT_IDS"));
        assertThat(cluster.rows("SELECT id, v FROM numbered ORDER BY id")).containsExactly("1|6", "7|5");
        cluster.run(Cluster.copy("by_default (id, v)", both, "CSV"));
        cluster.run("INSERT INTO by_default (v) SELECT 6");
        cluster.run("INSERT INTO by_default (id, v) SELECT 9, 8");
        assertThat(cluster.rows("SELECT id, v FROM by_default ORDER BY id")).containsExactly("1|6", "7|5", "9|8");
    }

    @Test
    void aPrefixLoadsEveryFileUnderIt() throws SQLException {
        cluster.s3().put("prefix/2026/a.csv", "1,a,1,2026-01-01\n");
        cluster.s3().put("prefix/2026/b.csv", "2,b,1,2026-01-01\n");
        cluster.run(Cluster.copy("formats", TestS3.url("prefix/2026/"), "CSV"));
        assertThat(cluster.rows("SELECT id FROM formats ORDER BY id")).containsExactly("1", "2");
        assertThatThrownBy(() -> cluster.run(Cluster.copy("formats", TestS3.url("prefix/2027/"), "CSV")))
                .hasMessageContaining("The specified S3 prefix 'prefix/2027/' does not exist");
    }

    @Test
    void rowsMayBeLongerThanAnyBuffer() throws SQLException {
        cluster.run(
                "DROP TABLE IF EXISTS wide; CREATE TABLE wide (id INT, a VARCHAR(MAX), b VARCHAR(MAX), c VARCHAR(MAX))");
        String value = "x\\".repeat(32_000);
        String url = cluster.s3().put("wide.csv", ("1," + value + "," + value + "," + value + "\n").repeat(5));
        cluster.run(Cluster.copy("wide", url, "CSV"));
        assertThat(cluster.rows("SELECT count(*), min(length(c)), max(length(a)) FROM wide"))
                .containsExactly("5|64000|64000");
    }

    @Test
    void theLastCopysRowsAndIdAreTold() throws SQLException {
        String url = cluster.s3().put("count.csv", "1,a,1,2026-01-01\n2,b,2,2026-01-02\n");
        try (Connection connection = cluster.open()) {
            assertThat(Cluster.one(connection, "SELECT pg_last_copy_count(), pg_last_copy_id()"))
                    .isEqualTo("0|-1");
            connection.setAutoCommit(false);
            Cluster.run(connection, Cluster.copy("formats", url, "CSV"));
            assertThat(Cluster.one(connection, "SELECT pg_last_copy_count()")).isEqualTo("2");
            connection.commit(); // the load tables are read with a snapshot, too
            assertThat(Cluster.one(
                            connection, "SELECT trim(filename) FROM stl_load_commits WHERE query = pg_last_copy_id()"))
                    .isEqualTo(url);
            assertThat(
                            Cluster.one(
                                    connection,
                                    "SELECT status, loaded_rows, file_format FROM sys_load_history WHERE query_id = pg_last_copy_id()"))
                    .isEqualTo("completed|2|csv");
        }
    }

    @Test
    void anUnknownOptionIsASyntaxError() {
        assertThatThrownBy(() -> loaded("1\n", "CSV FROBNICATE"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42601"))
                .hasMessageContaining("syntax error at or near \"FROBNICATE\"");
    }

    @Test
    void whatTheSandboxLacksItSays() {
        assertThatThrownBy(() -> loaded("1\n", "SHAPEFILE"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0A000"))
                .hasMessageContaining("is not supported by the sandbox's Redshift");
    }

    @Test
    void aCopyWithoutCredentialsIsRefused() throws SQLException {
        String url = cluster.s3().put("anonymous.csv", "1,a,1,2026-01-01\n");
        assertThatThrownBy(() -> cluster.run("COPY formats FROM '" + url + "' CSV"))
                .hasMessageContaining("credentials");
        cluster.run("COPY formats FROM '" + url + "' IAM_ROLE default CSV");
        cluster.run("COPY formats FROM '" + url
                + "' CREDENTIALS 'aws_iam_role=arn:aws:iam::1:role/r' CSV REGION 'eu-west-1'");
        cluster.run("COPY formats FROM '" + url
                + "' ACCESS_KEY_ID 'sandbox' SECRET_ACCESS_KEY 'sandbox' CSV COMPUPDATE OFF STATUPDATE ON");
        assertThat(cluster.rows("SELECT count(*) FROM formats")).containsExactly("3");
    }

    @Test
    void aTemporaryTableOfTheSameTransactionCanBeLoaded() throws SQLException {
        String url = cluster.s3().put("stage.csv", "1,new,1,2026-01-01\n2,b,2,2026-01-02\n");
        cluster.run("INSERT INTO formats VALUES (1, 'old', 0, NULL)");
        cluster.run("CREATE TEMP TABLE stage (LIKE formats); " + Cluster.copy("stage", url, "CSV") + ";"
                + " DELETE FROM formats USING stage WHERE formats.id = stage.id; INSERT INTO formats SELECT * FROM stage;"
                + " DROP TABLE stage");
        assertThat(cluster.rows("SELECT id, name FROM formats ORDER BY id")).containsExactly("1|new", "2|b");
    }

    private List<String> loaded(String body, String options) throws SQLException {
        String url = cluster.s3().put("formats/one", body);
        cluster.run(Cluster.copy("formats", url, options));
        return cluster.rows("SELECT * FROM formats ORDER BY id");
    }

    private static byte[] compressed(String compression, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = switch (compression) {
            case "GZIP" -> new GZIPOutputStream(bytes);
            case "BZIP2" -> new BZip2CompressorOutputStream(bytes);
            case "LZOP" -> new LzopHadoopStreams().createOutputStream(bytes);
            default -> new ZstdOutputStream(bytes);
        }) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
