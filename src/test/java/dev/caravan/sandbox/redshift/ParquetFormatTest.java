package dev.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.sandbox.RecordFiles;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Cluster.Extension.class)
class ParquetFormatTest {
    private final Cluster cluster;

    ParquetFormatTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void table() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS parquets; CREATE TABLE parquets (id INT NOT NULL, name VARCHAR(10))");
    }

    @Test
    void columnsGoToTheTablesByPosition_withEveryType() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS types; CREATE TABLE types (s SMALLINT, b BIGINT, r REAL, d DOUBLE PRECISION,"
                + " f BOOLEAN, n DECIMAL(10,2), day DATE, at TIMESTAMP, t VARCHAR(10))");
        String fields = "optional int32 a (INTEGER(16,true)); optional int64 b; optional float c; optional double d;"
                + " optional boolean e; optional int64 f (DECIMAL(10,2)); optional int32 g (DATE);"
                + " optional int64 h (TIMESTAMP(MICROS,true)); optional binary i (STRING);";
        Instant at = Instant.parse("2026-02-28T12:00:00.123456Z");
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("a", 7);
        row.put("b", 1L << 40);
        row.put("c", 1.5f);
        row.put("d", 2.25);
        row.put("e", true);
        row.put("f", -12345L);
        row.put("g", (int) LocalDate.of(2026, 2, 28).toEpochDay());
        row.put("h", at.getEpochSecond() * 1_000_000 + at.getNano() / 1000);
        row.put("i", "a\t\\b");
        load("types", "types.parquet", RecordFiles.parquet(fields, List.of(row, Map.of())), "FORMAT AS PARQUET");
        assertThat(cluster.rows("SELECT * FROM types ORDER BY s"))
                .containsExactly(
                        "7|1099511627776|1.5|2.25|t|-123.45|2026-02-28|2026-02-28 12:00:00.123456|a\t\\b",
                        "null|null|null|null|null|null|null|null|null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "required int64 id - optional binary name (STRING)-; incompatible Parquet schema for column",
                "required int32 id - optional int32 name-; incompatible Parquet schema for column",
                "required int32 id-; Unmatched number of columns between table and file. Table columns: 2, Data columns: 1",
                "required int32 id - optional binary name (STRING)- optional int32 more-; Table columns: 2, Data columns: 3",
            })
    void whatDoesNotFitTheTableFailsAtOnce_andIsInNoLoadTable(String fields, String message) throws SQLException {
        byte[] file = RecordFiles.parquet(fields.replace('-', ';'), List.of());
        String key = "misfit-" + Integer.toHexString(fields.hashCode()) + ".parquet";
        assertThatThrownBy(() -> load("parquets", key, file, "PARQUET"))
                .hasMessageContaining("Spectrum Scan Error")
                .hasMessageContaining("15007")
                .hasMessageContaining(message);
        assertThat(cluster.rows("SELECT count(*) FROM stl_load_errors WHERE filename LIKE '%misfit%'"))
                .containsExactly("0");
    }

    @Test
    void aValueThatItsColumnCanNotTakeFailsAtOnce() {
        assertThatThrownBy(() ->
                        load("parquets", "long.parquet", file(Map.of("id", 1, "name", "longer than ten")), "PARQUET"))
                .hasMessageContaining(
                        "data column name is longer than the length defined in the table. Table: 10, Data: 15");
        byte[] empty = RecordFiles.parquet("optional int32 id; optional binary name (STRING);", List.of(Map.of()));
        assertThatThrownBy(() -> load("parquets", "null.parquet", empty, "PARQUET"))
                .hasMessageContaining("Cannot insert a NULL value into column id");
        assertThatThrownBy(
                        () -> load("parquets", "text.parquet", "id,name\n".getBytes(StandardCharsets.UTF_8), "PARQUET"))
                .hasMessageContaining("invalid version number");
    }

    @Test
    void fillRecordFillsMissingColumns() throws SQLException {
        byte[] file = RecordFiles.parquet("required int32 id;", List.of(Map.of("id", 5)));
        load("parquets", "short.parquet", file, "PARQUET FILLRECORD");
        assertThat(cluster.rows("SELECT * FROM parquets")).containsExactly("5|null");
    }

    @Test
    void superIsLoadedFromJsonIfTheOptionSaysSo() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS supers; CREATE TABLE supers (id INT, doc SUPER)");
        byte[] file = file(Map.of("id", 1, "name", "{\"a\": 1}"));
        assertThatThrownBy(() -> load("supers", "super.parquet", file, "PARQUET"))
                .hasMessageContaining("requires SERIALIZETOJSON");
        load("supers", "super.parquet", file, "PARQUET SERIALIZETOJSON");
        assertThat(cluster.rows("SELECT * FROM supers")).containsExactly("1|{\"a\": 1}");
    }

    /** The guide wants hexadecimal digits "for CSV": here the bytes are there. The writer has none but those of text. */
    @Test
    void bytesAreLoadedAsTheyAre() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS parquet_bytes; CREATE TABLE parquet_bytes (b VARBYTE(2))");
        load("parquet_bytes", "bytes.parquet", bytes("a\u0001"), "PARQUET");
        assertThat(cluster.rows("SELECT b FROM parquet_bytes")).containsExactly("6101");
        assertThatThrownBy(() -> load("parquet_bytes", "longer.parquet", bytes("abc"), "PARQUET"))
                .hasMessageContaining("data column b is longer than the length defined in the table. Table: 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAXERROR 5", "GZIP", "NOLOAD", "REGION 'eu-west-1'", "TRUNCATECOLUMNS"})
    void fewParametersGoWithIt(String parameter) {
        assertThatThrownBy(() -> load("parquets", "options.parquet", file(Map.of("id", 1)), "PARQUET " + parameter))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0A000"))
                .hasMessageContaining(
                        parameter.replaceFirst(" .*", "") + " argument is not supported for PARQUET based COPY");
    }

    private static byte[] file(Map<String, Object> row) {
        return RecordFiles.parquet("required int32 id; optional binary name (STRING);", List.of(row));
    }

    private static byte[] bytes(String text) {
        return RecordFiles.parquet("optional binary b (STRING);", List.of(Map.of("b", text)));
    }

    private void load(String table, String key, byte[] file, String options) throws SQLException {
        cluster.run(Cluster.copy(table, cluster.s3().put("parquet/" + key, file), options));
    }
}
