package dev.caravan.redshift.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.feed.Feed;
import dev.caravan.outcome.AddedColumn;
import dev.caravan.sandbox.RecordFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which columns a table lacks, and of what types they are, from real bytes of each format. */
class NewColumnsTest {
    private static final List<String> TABLE = List.of("id", "name");

    @Test
    void aFieldOfJsonGetsATypeThatHoldsAllItsValues() throws Exception {
        Fields fields = json("""
                {"id": 1, "b": true, "i": 1, "d": 1, "s": "2026-11-22", "o": {"x": [1]}, "mix": 1, "none": null}
                {"b": false, "i": -9223372036854775808, "d": 1.5, "s": "", "o": "text", "mix": "one", "big": 12345678901234567890}
                """);
        assertThat(columns("JSON", fields))
                .containsExactly(
                        "b BOOLEAN",
                        "i BIGINT",
                        "d DOUBLE PRECISION",
                        "s VARCHAR(65535)",
                        "o SUPER",
                        "mix VARCHAR(65535)",
                        "big VARCHAR(65535)");
    }

    @Test
    void namesMatchAsCopyMatchesThem() throws Exception {
        Fields fields = json("{\"ID\": 1, \"Referrer\": \"a\", \"referrer\": 1, \"Ä\": 1}");
        NewColumns exact = newColumns(feed("JSON"), batch(fields), TABLE);
        assertThat(exact.columns())
                .containsExactly(new AddedColumn("referrer", "BIGINT"), new AddedColumn("Ä", "BIGINT"));
        assertThat(exact.refused())
                .containsExactly(
                        "field ID has upper-case letters: write JSON or AVRO 'auto ignorecase'",
                        "field Referrer has upper-case letters: write JSON or AVRO 'auto ignorecase'");
        assertThat(columns("JSON 'auto ignorecase'", fields)).containsExactly("referrer VARCHAR(65535)", "Ä BIGINT");
    }

    @Test
    void aColumnWhoseCaseTheClusterKeepsIsThere_andOneThatCaravanWritesIsNoneOfTheFiles() throws Exception {
        NewColumns json = newColumns(feed("JSON"), batch(json("{\"UserId\": 1}")), List.of("UserId"));
        assertThat(json.columns()).isEmpty();
        assertThat(json.refused()).isEmpty();
        Feed written = feed("PARQUET");
        written.set("fileColumn", "\"Source_File\"");
        assertThat(newColumns(
                                written,
                                batch(parquet("required int32 id; optional int64 n;")),
                                List.of("id", "source_file"))
                        .columns())
                .containsExactly(new AddedColumn("n", "BIGINT"));
    }

    @Test
    void whatCanBeNoColumnIsRefusedByName_theRestIsAdded() throws Exception {
        Fields fields =
                json("{\"\": 1, \"a\\u0000b\": 1, \"" + "ä".repeat(64) + "\": 1, \"half\\ud800\": 1, \"good\": 1}");
        NewColumns columns = newColumns(feed("JSON"), batch(fields), TABLE);
        assertThat(columns.columns()).containsExactly(new AddedColumn("good", "BIGINT"));
        assertThat(columns.refused())
                .hasSize(4)
                .anyMatch(why -> why.contains("has no name"))
                .anyMatch(why -> why.contains("a?b has control characters"))
                .anyMatch(why -> why.contains("has 128 bytes: a name has 127 at most"))
                .anyMatch(why -> why.contains("half characters"));
    }

    @Test
    void namesThatAreDataBecomeNoColumns() throws Exception {
        String many = IntStream.range(0, 101).mapToObj(i -> "\"k" + i + "\": 1").collect(Collectors.joining(", "));
        NewColumns columns = newColumns(feed("JSON"), batch(json("{" + many + "}")), TABLE);
        assertThat(columns.columns()).isEmpty();
        assertThat(columns.refused()).containsExactly("101 new fields at once, more than 100: are their names data?");
        List<String> wide = IntStream.range(0, 1600).mapToObj(i -> "c" + i).toList();
        assertThat(newColumns(feed("JSON"), batch(json("{\"x\": 1}")), wide).refused())
                .containsExactly("1,600 columns and 1 new field: a table has 1,600 columns at most");
    }

    @Test
    void jsonIsReadInWholeObjects_behindItsHeader_andUpToItsShare() throws Exception {
        String text = "by hand\n{\"a\": 1}\n{\"b\": 1}\n{\"c\": 1}\n";
        Fields all = new Fields();
        assertThat(JsonFields.read(stream(text), 1, 1_000, all)).isEqualTo(text.length());
        assertThat(all.names()).containsExactly("a", "b", "c");
        Fields some = new Fields();
        assertThat(JsonFields.read(stream(text), 1, 18, some)).isGreaterThanOrEqualTo(18);
        assertThat(some.names()).containsExactly("a", "b");
    }

    @Test
    void avroTellsItsTypesInItsHeader() throws Exception {
        byte[] file = RecordFiles.avro("""
                [{"name": "id", "type": "int"}, {"name": "n", "type": ["null", "long"]}, {"name": "f", "type": "float"},
                 {"name": "tags", "type": {"type": "array", "items": "string"}}, {"name": "b", "type": "boolean"},
                 {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
                 {"name": "either", "type": ["int", "double"]}, {"name": "nothing", "type": "null"}]""", List.of());
        Fields plain = new Fields();
        AvroFields.read(new ByteArrayInputStream(file), false, plain);
        assertThat(columns("AVRO", plain))
                .containsExactly(
                        "n BIGINT", "f REAL", "tags SUPER", "b BOOLEAN", "at BIGINT", "either DOUBLE PRECISION");
        Fields epoch = new Fields();
        AvroFields.read(new ByteArrayInputStream(file), true, epoch);
        assertThat(columns("AVRO", epoch)).contains("at TIMESTAMP");
    }

    @Test
    void parquetTellsItsTypesInItsFooter_andItsColumnsGoByPosition() throws Exception {
        Fields fields = parquet(
                "required int32 id; optional binary name (STRING); optional int64 n; optional int32 price (DECIMAL(9,2));"
                        + " optional int32 day (DATE); optional int64 at (TIMESTAMP(MICROS,true)); optional double d;"
                        + " optional group g { optional int32 x; optional group h { optional int32 y; } } optional boolean b;");
        assertThat(columns("PARQUET", fields))
                .containsExactly(
                        "n BIGINT",
                        "price DECIMAL(9,2)",
                        "day DATE",
                        "at TIMESTAMP",
                        "d DOUBLE PRECISION",
                        "g SUPER",
                        "b BOOLEAN");
    }

    @Test
    void aParquetColumnInTheMiddleIsRefused_withBothOrders() throws Exception {
        Fields middle = parquet("required int32 id; optional int64 n; optional binary name (STRING);");
        NewColumns columns = newColumns(feed("PARQUET"), batch(middle), TABLE);
        assertThat(columns.columns()).isEmpty();
        assertThat(columns.refused())
                .containsExactly(
                        "COPY fills columns by position, and the files' (id, n, name) don't begin with the table's"
                                + " (id, name): write new columns behind all others");
        assertThat(Columnar.differ(parquet("required int32 id;"), middle, "s3://a/b"))
                .isEmpty();
        assertThat(Columnar.differ(parquet("required int32 id; optional int32 x;"), middle, "s3://a/b"))
                .contains("s3://a/b");
    }

    private static List<String> columns(String format, Fields fields) {
        return newColumns(feed(format), batch(fields), TABLE).columns().stream()
                .map(AddedColumn::toString)
                .toList();
    }

    private static BatchFields batch(Fields fields) {
        return new BatchFields(fields, "", List.of());
    }

    private static Feed feed(String format) {
        Feed feed = new Feed();
        feed.set("format", format);
        feed.set("schemaEvolution", "addColumns");
        return feed;
    }

    private static Fields json(String text) throws IOException {
        Fields fields = new Fields();
        JsonFields.read(stream(text), 0, Long.MAX_VALUE, fields);
        return fields;
    }

    private static Fields parquet(String columns) throws IOException {
        byte[] file = RecordFiles.parquet(columns, List.of());
        Fields fields = new Fields();
        ParquetFields.read(
                file.length, (from, to) -> new ByteArrayInputStream(file, (int) from, (int) (to - from)), fields);
        return fields;
    }

    @Test
    void columnsThatTheClusterNumbersArePassedOverByPosition_butThereByName() throws Exception {
        Fields fields = json("{\"id\": 1, \"name\": \"a\", \"n\": 2}");
        List<String> table = List.of("n", "id", "name");
        List<String> copied = List.of("id", "name");
        assertThat(NewColumns.of(feed("JSON"), batch(fields), table, copied).columns())
                .isEmpty();
        assertThat(NewColumns.of(feed("PARQUET"), batch(fields), table, copied).refused())
                .containsExactly("field n would be there twice, and columns go by position");
    }

    private static NewColumns newColumns(Feed feed, BatchFields batch, List<String> tableColumns) {
        return NewColumns.of(feed, batch, tableColumns, tableColumns);
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
