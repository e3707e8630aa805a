package dev.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.sandbox.OrcFile;
import io.trino.orc.metadata.CompressionKind;
import io.trino.orc.proto.OrcProto;
import io.trino.orc.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Cluster.Extension.class)
class OrcFormatTest {
    private static final String COLUMNS = "number:int,label:string";

    private final Cluster cluster;

    OrcFormatTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void table() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS orcs; CREATE TABLE orcs (id INT NOT NULL, name VARCHAR(10))");
    }

    @Test
    void columnsGoToTheTablesByPosition_withEveryType() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS orc_types; CREATE TABLE orc_types (s SMALLINT, i INT, b BIGINT, r REAL,"
                + " d DOUBLE PRECISION, f BOOLEAN, n DECIMAL(10,2), w DECIMAL(30,4), day DATE, at TIMESTAMP,"
                + " tz TIMESTAMPTZ, t VARCHAR(10), v VARCHAR(10), c CHAR(4), bytes VARBYTE(4))");
        String columns = "a:smallint,b:int,c:bigint,d:float,e:double,f:boolean,g:decimal(10.2),h:decimal(30.4),i:date,"
                + "j:timestamp,k:instant,l:string,m:varchar(10),n:char(4),o:binary";
        Instant at = Instant.parse("2026-02-28T12:00:00.123456Z");
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("a", 7);
        row.put("b", -8);
        row.put("c", 1L << 40);
        row.put("d", 1.5f);
        row.put("e", 2.25);
        row.put("f", true);
        row.put("g", new BigDecimal("-123.45"));
        row.put("h", new BigDecimal("12345678901234567890123456.7891"));
        row.put("i", LocalDate.of(2026, 2, 28));
        row.put("j", at);
        row.put("k", at);
        row.put("l", "a\t\\b");
        row.put("m", "é");
        row.put("n", "ab");
        row.put("o", new byte[] {0, (byte) 0xAB});
        load("orc_types", "types.orc", new OrcFile(columns).of(List.of(row, Map.of())), "FORMAT AS ORC");
        assertThat(cluster.rows("SELECT * FROM orc_types ORDER BY s"))
                .containsExactly(
                        "7|-8|1099511627776|1.5|2.25|t|-123.45|12345678901234567890123456.7891|2026-02-28"
                                + "|2026-02-28 12:00:00.123456|2026-02-28 12:00:00.123456+00|a\t\\b|é|ab|00ab",
                        "null|null|null|null|null|null|null|null|null|null|null|null|null|null|null");
    }

    @ParameterizedTest
    @EnumSource(CompressionKind.class)
    void filesAreReadWhateverTheyAreCompressedWith_stripeByStripe(CompressionKind compression) throws SQLException {
        List<Map<String, Object>> rows = IntStream.range(0, 2500)
                .mapToObj(i -> Map.<String, Object>of("number", i, "label", "row " + i % 100))
                .toList();
        byte[] file = new OrcFile(COLUMNS, compression, 1000).of(rows);
        load("orcs", compression + ".orc", file, "ORC");
        assertThat(cluster.rows("SELECT count(*), count(DISTINCT id), max(id), count(DISTINCT name) FROM orcs"))
                .containsExactly("2500|2500|2499|100");
    }

    /** The one kind that the library doesn't read. */
    @Test
    void ofLzoTheSandboxSaysThatItLacksIt() throws IOException {
        byte[] file = new OrcFile(COLUMNS, CompressionKind.NONE, 10).of(List.of(Map.of("number", 1)));
        int length = file[file.length - 1];
        int start = file.length - 1 - length;
        byte[] end = OrcProto.PostScript.parseFrom(ByteString.copyFrom(file, start, length)).toBuilder()
                .setCompression(OrcProto.CompressionKind.LZO)
                .build()
                .toByteArray();
        ByteArrayOutputStream lzo = new ByteArrayOutputStream();
        lzo.write(file, 0, start);
        lzo.write(end);
        lzo.write(end.length);
        assertThatThrownBy(() -> load("orcs", "lzo.orc", lzo.toByteArray(), "ORC"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0A000"))
                .hasMessageContaining("ORC compressed with LZO is not supported by the sandbox's Redshift");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "id:bigint,name:string; incompatible ORC schema for column",
                "id:smallint,name:string; incompatible ORC schema for column",
                "id:tinyint,name:string; incompatible ORC schema for column",
                "id:int,name:binary; incompatible ORC schema for column",
                "id:int,name:list; incompatible ORC schema for column",
                "id:int; Unmatched number of columns between table and file. Table columns: 2, Data columns: 1",
                "id:int,name:string,more:int; Table columns: 2, Data columns: 3",
            })
    void whatDoesNotFitTheTableFailsAtOnce_andIsInNoLoadTable(String columns, String message) throws SQLException {
        byte[] file = new OrcFile(columns).of(List.of());
        String key = "misfit-orc-" + Integer.toHexString(columns.hashCode()) + ".orc";
        assertThatThrownBy(() -> load("orcs", key, file, "ORC"))
                .hasMessageContaining("Spectrum Scan Error")
                .hasMessageContaining("15007")
                .hasMessageContaining(message);
        assertThat(cluster.rows("SELECT count(*) FROM stl_load_errors WHERE filename LIKE '%misfit-orc%'"))
                .containsExactly("0");
    }

    @Test
    void aDecimalOfAnotherPrecisionOrScaleDoesNotFit() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS orc_prices; CREATE TABLE orc_prices (price DECIMAL(10,2))");
        for (String type : List.of("decimal(10.3)", "decimal(12.2)", "double")) {
            assertThatThrownBy(() -> load("orc_prices", "price.orc", new OrcFile("p:" + type).of(List.of()), "ORC"))
                    .hasMessageContaining("Column type: DECIMAL, ORC schema");
        }
    }

    @Test
    void aValueThatItsColumnCanNotTakeFailsAtOnce() {
        byte[] longer = new OrcFile(COLUMNS).of(List.of(Map.of("number", 1, "label", "longer than ten")));
        assertThatThrownBy(() -> load("orcs", "long.orc", longer, "ORC"))
                .hasMessageContaining(
                        "data column name is longer than the length defined in the table. Table: 10, Data: 15");
        byte[] empty = new OrcFile(COLUMNS).of(List.of(Map.of()));
        assertThatThrownBy(() -> load("orcs", "null.orc", empty, "ORC"))
                .hasMessageContaining("Cannot insert a NULL value into column id");
    }

    @Test
    void whatIsNoOrc_orIsCutShort_orDamaged_failsAtOnce_andLeavesNoRow() throws SQLException {
        byte[] good = new OrcFile(COLUMNS)
                .of(IntStream.range(0, 2000)
                        .mapToObj(i -> Map.<String, Object>of("number", i * 7919, "label", "n" + i * 31 % 977))
                        .toList());
        byte[] damaged = good.clone();
        Arrays.fill(damaged, 20, good.length / 2, (byte) 0x5A);
        byte[] noFooter = good.clone();
        Arrays.fill(noFooter, good.length - 60, good.length - 30, (byte) 0xFF);
        for (byte[] file : List.of(
                "id,name\n".getBytes(StandardCharsets.UTF_8),
                new byte[0],
                "ORC".getBytes(StandardCharsets.UTF_8),
                new byte[] {'O', 'R', 'C', (byte) 0xFF},
                Arrays.copyOf(good, good.length / 2),
                Arrays.copyOf(good, good.length - 1),
                Arrays.copyOfRange(good, 30, good.length),
                damaged,
                noFooter)) {
            assertThatThrownBy(() -> load("orcs", "broken.orc", file, "ORC"))
                    .hasMessageContaining("15007")
                    .hasMessageContaining("broken.orc' is not a valid ORC file");
        }
        assertThat(cluster.rows("SELECT count(*) FROM orcs")).containsExactly("0");
    }

    @Test
    void aFileWithoutRowsIsOneOfNoRows() throws SQLException {
        load("orcs", "none.orc", new OrcFile(COLUMNS).of(List.of()), "ORC");
        assertThat(cluster.rows("SELECT count(*) FROM orcs")).containsExactly("0");
    }

    @Test
    void fillRecordFillsMissingColumns() throws SQLException {
        load("orcs", "short.orc", new OrcFile("number:int").of(List.of(Map.of("number", 5))), "ORC FILLRECORD");
        assertThat(cluster.rows("SELECT * FROM orcs")).containsExactly("5|null");
    }

    @Test
    void superIsLoadedFromJsonIfTheOptionSaysSo() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS orc_supers; CREATE TABLE orc_supers (id INT, doc SUPER)");
        byte[] file = new OrcFile(COLUMNS).of(List.of(Map.of("number", 1, "label", "{\"a\": 1}")));
        assertThatThrownBy(() -> load("orc_supers", "super.orc", file, "ORC"))
                .hasMessageContaining("requires SERIALIZETOJSON");
        load("orc_supers", "super.orc", file, "ORC SERIALIZETOJSON");
        assertThat(cluster.rows("SELECT * FROM orc_supers")).containsExactly("1|{\"a\": 1}");
        byte[] nested = new OrcFile("number:int,parts:list").of(List.of());
        assertThatThrownBy(() -> load("orc_supers", "nested.orc", nested, "ORC SERIALIZETOJSON"))
                .hasMessageContaining("ORC with columns within columns is not supported by the sandbox's Redshift");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAXERROR 5", "GZIP", "NOLOAD", "REGION 'eu-west-1'", "TRUNCATECOLUMNS"})
    void fewParametersGoWithIt(String parameter) {
        byte[] file = new OrcFile(COLUMNS).of(List.of(Map.of("number", 1)));
        assertThatThrownBy(() -> load("orcs", "options.orc", file, "ORC " + parameter))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("0A000"))
                .hasMessageContaining(
                        parameter.replaceFirst(" .*", "") + " argument is not supported for ORC based COPY");
    }

    private void load(String table, String key, byte[] file, String options) throws SQLException {
        cluster.run(Cluster.copy(table, cluster.s3().put("orc/" + key, file), options));
    }
}
