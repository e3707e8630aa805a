package dev.caravan.routes.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.LogOf;
import dev.caravan.outcome.AddedColumn;
import dev.caravan.outcome.Outcome;
import dev.caravan.routes.LoadingTest;
import dev.caravan.routes.Pipeline;
import dev.caravan.routes.SecondCluster;
import dev.caravan.sandbox.ClusterSql;
import dev.caravan.sandbox.RecordFiles;
import dev.caravan.sandbox.SharedSandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** {@code schemaEvolution: addColumns} with real files through the shipped routes: new fields become columns, at most once, or not at all. */
class SchemaEvolutionTest extends LoadingTest {

    @Test
    void newFieldsOfJsonBecomeColumns_inEachClusterThatLacksThem_andThatIsTold() throws Exception {
        ClusterSql other = SecondCluster.sql();
        other.run("CREATE TABLE public." + table + " (id INT, name VARCHAR(200), referrer VARCHAR(10))");
        Pipeline pipeline = launch(SecondCluster.addTo(
                evolving("JSON", "copyOptions", "GZIP", "clusters", "redshift, second", "batchSize", "2")));
        put("web/1.json", gzip("{\"id\": 1, \"name\": \"a\"}\n"));
        put(
                "web/2.json",
                gzip("{\"id\": 2, \"referrer\": \"x\", \"size\": 1}\n{\"id\": 3, \"size\": 1.5, \"tags\": [1, 2]}\n"));
        JsonNode message = messages(landing.loadedQueueUrl(), 1).get(0);
        assertThat(message.at("/clusters/0/addedColumns").toString())
                .isEqualTo(
                        "[{\"column\":\"referrer\",\"type\":\"VARCHAR(65535)\"},{\"column\":\"size\",\"type\":\"DOUBLE"
                                + " PRECISION\"},{\"column\":\"tags\",\"type\":\"SUPER\"}]");
        assertThat(message.at("/clusters/1/addedColumns")).hasSize(2);
        for (ClusterSql sql : List.of(cluster, other)) {
            assertThat(sql.column("SELECT id || coalesce(referrer, '-') || coalesce(size::text, '-') FROM public."
                            + table + " ORDER BY id"))
                    .containsExactly("1--", "2x1", "3-1.5");
        }
        assertThat(batch(pipeline.ledger(), "web/1.json").outcomes().values())
                .allMatch(outcome -> outcome instanceof Outcome.Loaded loaded
                        && loaded.addedColumns().contains(new AddedColumn("tags", "SUPER")));
    }

    @Test
    void newFieldsOfAvroAndParquetBecomeColumns_ofTheirTypes_andOlderFilesStillLoad() throws Exception {
        String avro = "[{\"name\": \"id\", \"type\": \"int\"}, {\"name\": \"n\", \"type\": [\"null\", \"long\"]}]";
        String old = "required int32 id; optional binary name (STRING);";
        launch(pipeline("format", "AVRO", "schemaEvolution", "addColumns", "batchSize", "1")
                .feed(
                        "parquet",
                        "prefix",
                        landing.bucket() + "/parquet/",
                        "table",
                        "public." + table + "_p",
                        "format",
                        "PARQUET",
                        "copyOptions",
                        "FILLRECORD",
                        "schemaEvolution",
                        "addColumns",
                        "batchSize",
                        "2"));
        cluster.run("CREATE TABLE public." + table + "_p (id INT, name VARCHAR(200))");
        put("web/1.avro", RecordFiles.avro(avro, List.of(Map.of("id", 1, "n", 7L))));
        put("parquet/1", RecordFiles.parquet(old, List.of(Map.of("id", 1, "name", "a"))));
        put(
                "parquet/2",
                RecordFiles.parquet(
                        old + " optional int64 n; optional boolean b;", List.of(Map.of("id", 2, "n", 8L, "b", true))));
        await().untilAsserted(() -> assertThat(columnNames(table)).containsExactly("id", "name", "n"));
        await().untilAsserted(() -> assertThat(columnNames(table + "_p")).containsExactly("id", "name", "n", "b"));
        await().until(() -> cluster.column("SELECT n FROM public." + table).equals(List.of("7")));
        assertThat(cluster.column("SELECT id || coalesce(n::text, '-') FROM public." + table + "_p ORDER BY id"))
                .containsExactly("1-", "28");
    }

    @Test
    void aLoadThatFailsLeavesTheTableAsItWas_andWhenItIsRepeatedAddsTheColumnAndTheRows() throws Exception {
        cluster.run("CREATE TABLE public." + table + "_notes (id INT)");
        Pipeline pipeline = launch(evolving(
                "JSON",
                "batchSize",
                "1",
                "postSql",
                "INSERT INTO public." + table + "_notes SELECT max(added) FROM public." + table));
        put("web/1.json", "{\"id\": 1, \"added\": null}\n{\"id\": 2, \"late\": 5}\n");
        JsonNode failed = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(failed.path("error").asText()).contains("added");
        assertThat(columnNames(table)).containsExactly("id", "name");
        assertThat(ids()).isEmpty();

        cluster.run("ALTER TABLE public." + table + " ADD COLUMN added INT");
        SharedSandbox.get().redshift().faults().add("disk-full match=\"^\\s*INSERT\" times=1");
        put("web/2.json", "{\"id\": 3, \"late\": 6}\n");
        await().until(() -> ids().equals(List.of("3")));
        assertThat(cluster.column("SELECT late FROM public." + table)).containsExactly("6");
        assertThat(columnNames(table)).containsExactly("id", "name", "added", "late");
        assertThat(batch(pipeline.ledger(), "web/1.json").outcomes().get("redshift"))
                .isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void aTableWithASuperColumnTakesOneBatchAfterAnother() throws Exception {
        cluster.run("ALTER TABLE public." + table + " ADD COLUMN tags SUPER");
        launch(evolving("JSON", "batchSize", "1"));
        put("web/1.json", "{\"id\": 1, \"tags\": {\"a\": [1]}}\n");
        await().until(() -> ids().equals(List.of("1")));
        put("web/2.json", "{\"id\": 2, \"tags\": \"x\", \"more\": [2]}\n");
        await().until(() -> ids().equals(List.of("1", "2")));
        assertThat(columnNames(table)).containsExactly("id", "name", "tags", "more");
        assertThat(cluster.column("SELECT tags::jsonb FROM public." + table + " ORDER BY id"))
                .containsExactly("{\"a\": [1]}", "\"x\"");
    }

    @Test
    void twoInstancesAddAColumnOnce() throws Exception {
        launch(evolving("JSON", "batchSize", "1"));
        launch(evolving("JSON", "batchSize", "1"));
        SharedSandbox.get().redshift().faults().add("slow match=\"^\\s*COPY\" ms=300 times=4");
        for (int i = 1; i <= 8; i++) {
            put("web/" + i + ".json", "{\"id\": " + i + ", \"added\": " + i + "}\n");
        }
        await().until(() -> cluster.column("SELECT id FROM public." + table).size() == 8);
        assertThat(cluster.column("SELECT added FROM public." + table + " ORDER BY id"))
                .containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
        assertThat(columnNames(table)).containsExactly("id", "name", "added");
    }

    @Test
    void whatBecomesNoColumnIsToldOnce_andTheRestIsLoaded() throws Exception {
        try (LogOf log = LogOf.messages("dev.caravan")) {
            launch(evolving("JSON", "batchSize", "1"));
            for (int i = 1; i <= 2; i++) {
                put("web/" + i + ".json", "{\"id\": " + i + ", \"Upper\": 1}\n");
            }
            await().until(() -> ids().equals(List.of("1", "2")));
            assertThat(log.lines("field Upper has upper-case letters: write JSON or AVRO 'auto ignorecase'"))
                    .hasSize(1);
        }
        assertThat(columnNames(table)).containsExactly("id", "name");
    }

    private Pipeline evolving(String format, String... more) {
        String[] all = new String[more.length + 4];
        System.arraycopy(new String[] {"format", format, "schemaEvolution", "addColumns"}, 0, all, 0, 4);
        System.arraycopy(more, 0, all, 4, more.length);
        return pipeline(all);
    }

    private List<String> columnNames(String of) {
        return cluster.column("SELECT attname FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped AND attrelid ="
                + " 'public." + of + "'::regclass ORDER BY attnum");
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
