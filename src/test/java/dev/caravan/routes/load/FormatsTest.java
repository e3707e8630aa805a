package dev.caravan.routes.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.routes.LoadingTest;
import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.OrcFile;
import dev.caravan.sandbox.RecordFiles;
import dev.caravan.sandbox.SharedSandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** Real files of each format through the shipped routes, good ones and bad ones. */
class FormatsTest extends LoadingTest {
    private static final String AVRO =
            "[{\"name\": \"id\", \"type\": \"int\"}, {\"name\": \"name\", \"type\": \"string\"}]";
    private static final String UPPER =
            "[{\"name\": \"Name\", \"type\": \"string\"}, {\"name\": \"ID\", \"type\": \"long\"}]";
    private static final String PARQUET = "required int32 number; optional binary label (STRING);";
    private static final OrcFile ORC = new OrcFile("number:int,label:string");

    @Test
    void aFileOfEachFormatIsLoaded() throws Exception {
        String paths = "s3://" + landing.manifestBucket() + "/conf/paths.json";
        SharedSandbox.get()
                .s3()
                .putObject(
                        r -> r.bucket(landing.manifestBucket()).key("conf/paths.json"),
                        RequestBody.fromString("{\"jsonpaths\": [\"$.a.id\", \"$.a.name\"]}"));
        Pipeline pipeline = pipeline();
        feed(pipeline, "csv", "CSV", "GZIP IGNOREHEADER 1");
        feed(pipeline, "delimited", "DELIMITED", "DELIMITER '\\t' ESCAPE");
        feed(pipeline, "fixed", "FIXEDWIDTH 'id:3,name:9'", "TRIMBLANKS");
        feed(pipeline, "json", "JSON", "ACCEPTINVCHARS");
        feed(pipeline, "any-case", "JSON 'auto ignorecase'", "IGNOREHEADER 1");
        feed(pipeline, "paths", "JSON '" + paths + "'", "");
        feed(pipeline, "avro", "AVRO", "");
        feed(pipeline, "avro-any-case", "AVRO 'auto ignorecase'", "MAXERROR 1");
        feed(pipeline, "parquet", "PARQUET", "ACCEPTINVCHARS");
        feed(pipeline, "orc", "ORC", "FILLRECORD");
        launch(pipeline);
        put("csv/1", gzip("id,name\n1,csv\n"));
        put("delimited/2", "2\tde\\\tlimited\n");
        put("fixed/3", "  3fixed    \n");
        put("json/4", "{\"id\": 4, \"name\": \"json\"}\n");
        put("any-case/5", "by hand\n{\"ID\": 5, \"Name\": \"any case\"}\n");
        put("paths/6", "{\"a\": {\"id\": 6, \"name\": \"paths\"}}\n");
        put("avro/7", RecordFiles.avro(AVRO, List.of(Map.of("id", 7, "name", "avro"))));
        put("avro-any-case/8", RecordFiles.avro(UPPER, List.of(Map.of("ID", 8L, "Name", "avro any case"))));
        put("parquet/9", RecordFiles.parquet(PARQUET, List.of(Map.of("number", 9, "label", "parquet"))));
        put("orc/10", ORC.of(List.of(Map.of("number", 10, "label", "orc"))));
        await().untilAsserted(
                        () -> assertThat(cluster.column("SELECT id || name FROM public." + table + " ORDER BY id"))
                                .containsExactly(
                                        "1csv",
                                        "2de\tlimited",
                                        "3fixed",
                                        "4json",
                                        "5any case",
                                        "6paths",
                                        "7avro",
                                        "8avro any case",
                                        "9parquet",
                                        "10orc"));
    }

    @Test
    void parquetFilesThatDoNotFitAreFoundThoughTheClusterNamesNoLine_andTheRestLoads() throws Exception {
        start("format", "PARQUET", "batchSize", "5");
        put("web/1.parquet", RecordFiles.parquet(PARQUET, List.of(Map.of("number", 1))));
        put(
                "web/2.parquet",
                RecordFiles.parquet("required int64 id; optional binary name;", List.of(Map.of("id", 2L))));
        put("web/3.parquet", RecordFiles.parquet(PARQUET, List.of(Map.of("number", 3))));
        put("web/4.parquet", "id,name\n");
        put("web/5.parquet", RecordFiles.parquet(PARQUET, List.of(Map.of("number", 5))));
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("status").asText()).isEqualTo("complete");
        assertThat(quarantined(message)).containsExactlyInAnyOrder(url("web/2.parquet"), url("web/4.parquet"));
        assertThat(message.at("/quarantined/0/reason").asText()).contains("can't read a file of the batch");
        assertThat(ids()).containsExactly("1", "3", "5");
    }

    @Test
    void orcFilesThatDoNotFitOrAreBrokenAreFoundByHalving_andTheRestLoads() throws Exception {
        start("format", "ORC", "batchSize", "6");
        byte[] whole = ORC.of(List.of(Map.of("number", 4, "label", "cut short")));
        put("web/1.orc", ORC.of(List.of(Map.of("number", 1))));
        put("web/2.orc", new OrcFile("id:bigint,name:string").of(List.of(Map.of("id", 2L))));
        put("web/3.orc", ORC.of(List.of(Map.of("number", 3))));
        put("web/4.orc", Arrays.copyOf(whole, whole.length - 10));
        put("web/5.orc", "id,name\n");
        put("web/6.orc", ORC.of(List.of(Map.of("number", 6))));
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("status").asText()).isEqualTo("complete");
        assertThat(quarantined(message))
                .containsExactlyInAnyOrder(url("web/2.orc"), url("web/4.orc"), url("web/5.orc"));
        assertThat(message.at("/quarantined/0/reason").asText()).contains("can't read a file of the batch");
        assertThat(ids()).containsExactly("1", "3", "6");
    }

    @Test
    void whatIsNoAvroIsFoundByHalving_aBadValueByTheLoadTables_andTheRestLoads() throws Exception {
        start("format", "AVRO", "batchSize", "4");
        put("web/1.avro", RecordFiles.avro(AVRO, List.of(Map.of("id", 1, "name", "a"))));
        put("web/2.avro", "no Avro");
        put("web/3.avro", RecordFiles.avro(AVRO, List.of(Map.of("id", 3, "name", "b".repeat(201)))));
        put("web/4.avro", RecordFiles.avro(AVRO, List.of(Map.of("id", 4, "name", "c"))));
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("status").asText()).isEqualTo("complete");
        assertThat(quarantined(message)).containsExactlyInAnyOrder(url("web/2.avro"), url("web/3.avro"));
        assertThat(message.path("quarantined").toString())
                .contains("Invalid AVRO file")
                .contains("String length exceeds DDL length");
        assertThat(ids()).containsExactly("1", "4");
    }

    private void feed(Pipeline pipeline, String name, String format, String options) {
        pipeline.feed(
                name,
                "prefix",
                landing.bucket() + "/" + name + "/",
                "table",
                "public." + table,
                "batchSize",
                "1",
                "format",
                format,
                "copyOptions",
                options);
    }

    private static List<String> quarantined(JsonNode message) {
        return StreamSupport.stream(message.path("quarantined").spliterator(), false)
                .map(file -> file.path("file").asText())
                .toList();
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
