package dev.caravan.sandbox.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.sandbox.RecordFiles;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Cluster.Extension.class)
class AvroFormatTest {
    private static final String FIELDS = """
            [{"name": "id", "type": "int"}, {"name": "more", "type": {"type": "map", "values": "long"}},
            {"name": "name", "type": ["null", "string"], "default": null}, {"name": "amount", "type": ["null", "double"], "default": null}]""";

    private final Cluster cluster;

    AvroFormatTest(Cluster cluster) {
        this.cluster = cluster;
    }

    @BeforeEach
    void table() throws SQLException {
        cluster.run("DROP TABLE IF EXISTS avros;"
                + " CREATE TABLE avros (amount DECIMAL(10,2), id INT, name VARCHAR(10), more VARCHAR(100))");
    }

    @Test
    void fieldsFindTheirColumnsByName_andWhatHasPartsIsLoadedAsJson() throws SQLException {
        load(
                "named.avro",
                file(Map.of("id", 1, "name", "a\tb|c", "amount", 1.5, "more", Map.of("x", 7L))),
                "AVRO 'auto'");
        load("nulls.avro", file(Map.of("id", 2, "more", Map.of())), "FORMAT AS AVRO");
        assertThat(rows()).containsExactly("1.50|1|a\tb|c|{\"x\":7}", "null|2|null|{}");
    }

    @Test
    void fieldsMayIgnoreCaseOrFollowPaths() throws SQLException {
        byte[] file = RecordFiles.avro("[{\"name\": \"ID\", \"type\": \"long\"}]", List.of(Map.of("ID", 3L)));
        load("upper.avro", file, "AVRO 'auto ignorecase'");
        String paths = cluster.s3()
                .put("avro-paths.json", "{\"jsonpaths\": [\"$.more.x\", \"$.id\", \"$.name\", \"$.more\"]}");
        load("paths.avro", file(Map.of("id", 4, "more", Map.of("x", 8L))), "AVRO '" + paths + "'");
        assertThat(rows()).containsExactly("null|3|null|null", "8.00|4|null|{\"x\":8}");
    }

    @Test
    void aBadValueIsToldInTheLoadTables() throws SQLException {
        byte[] file = RecordFiles.avro(
                FIELDS,
                List.of(
                        Map.of("id", 1, "more", Map.of()),
                        Map.of("id", 2, "name", "longer than ten", "more", Map.of())));
        assertThatThrownBy(() -> load("long.avro", file, "AVRO 'auto'")).hasMessageContaining("stl_load_errors");
        assertThat(loadErrors("long.avro")).containsExactly("2|name|1204");
    }

    @Test
    void whatIsNoAvroFailsTheLoadAndIsInNoLoadTable() throws SQLException {
        assertThatThrownBy(() -> load("text.avro", "id,name\n1,a\n".getBytes(StandardCharsets.UTF_8), "AVRO 'auto'"))
                .hasMessageContaining("Invalid AVRO file found");
        byte[] file = RecordFiles.avro(
                FIELDS,
                List.of(
                        Map.of("id", 1, "more", Map.of()),
                        Map.of("id", 2, "name", "longer than ten", "more", Map.of())));
        assertThatThrownBy(() -> load("cut.avro", Arrays.copyOf(file, file.length - 30), "AVRO 'auto'"))
                .hasMessageContaining("Invalid AVRO file found");
        assertThat(loadErrors("text.avro")).isEmpty();
        assertThat(loadErrors("cut.avro")).isEmpty();
    }

    private static byte[] file(Map<String, Object> row) {
        return RecordFiles.avro(FIELDS, List.of(row));
    }

    private void load(String key, byte[] file, String options) throws SQLException {
        cluster.run(Cluster.copy("avros", cluster.s3().put(key, file), options));
    }

    private List<String> rows() throws SQLException {
        return cluster.rows("SELECT * FROM avros ORDER BY id");
    }

    private List<String> loadErrors(String key) throws SQLException {
        return cluster.rows("SELECT line_number, colname, err_code FROM stl_load_errors WHERE trim(filename) = '"
                + TestS3.url(key) + "'");
    }
}
