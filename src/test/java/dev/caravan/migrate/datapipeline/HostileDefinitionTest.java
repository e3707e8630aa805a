package dev.caravan.migrate.datapipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Definitions that are none, that lead nowhere, that never end, and that would be something else in the files that are written. */
class HostileDefinitionTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            ``                                              ; has no "objects": it is no definition
            {                                               ; is no JSON: see line 1, column
            S3cr3t-of-nobody                                ; is no JSON: see line 1, column
            {"*password": S3cr3t-of-nobody}                 ; is no JSON: see line 1, column
            {"objects": []} S3cr3t-of-nobody                ; is no JSON: see line 1, column
            []                                              ; has no "objects": it is no definition
            {"objects": {"id": "a"}}                        ; has no "objects": it is no definition
            {"pipelineObjects": []}                         ; is what AWS's API answers: have aws datapipeline
            {"objects": [1]}                                ; has an object without an id, the 1. of "objects"
            {"objects": [{"id": "a"}, {"id": "a"}]}         ; has two objects with the id a: take one away
            {"objects": []}                                 ; has no RedshiftCopyActivity that loads what a CopyActivity copies
            {"objects": [{"id": "a", "type": "CopyActivity", "input": {"ref": "b"}}]} ; its input names b, which the definition doesn't have
            """)
    void whatIsNoDefinitionIsOneSentence(String json, String begins) {
        assertThatThrownBy(() -> DataPipelineImportTest.draft(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(begins)
                .hasMessageNotContaining(Pipelines.SECRET);
    }

    @Test
    void whatIsTooLargeIsNotReadToItsEnd() {
        InputStream endless = new InputStream() {
            private long read;

            @Override
            public int read() {
                return read(new byte[1], 0, 1) == 1 ? ' ' : -1;
            }

            @Override
            public int read(byte[] to, int from, int length) {
                read += length;
                if (read > 50L << 20) {
                    throw new AssertionError("read on and on");
                }
                Arrays.fill(to, from, from + length, (byte) ' ');
                return length;
            }
        };
        assertThatThrownBy(() -> DataPipelineImport.draft(endless))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("has more than 5.0 MB, and no pipeline's definition has");
        assertThatThrownBy(() -> DataPipelineImportTest.draft("[".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("is no JSON");
        String many = IntStream.range(0, 3_000)
                .mapToObj(i -> "{\"id\": \"o" + i + "\"}")
                .collect(Collectors.joining(",", "{\"objects\": [", "]}"));
        assertThatThrownBy(() -> DataPipelineImportTest.draft(many))
                .hasMessage(
                        "has 3,000 objects, and a pipeline has at most 2000: split it by the tables that are loaded");
        assertThatThrownBy(() -> DataPipelineImportTest.draft(
                        "{\"objects\": [{\"id\": \"a\", \"selectQuery\": \"" + "x".repeat(10_241) + "\"}]}"))
                .hasMessage("has 10241 characters in field selectQuery of a: Data Pipeline takes 10240");
    }

    @Test
    void whatLeadsToItselfEnds() {
        String json = Pipelines.BY_HAND
                .replace("{\"id\": \"loads\", ", "{\"id\": \"loads\", \"parent\": {\"ref\": \"LoadNotes\"}, ")
                .replace("\"table\": \"people\"", "\"table\": \"#{table}#{table}#{a}\"")
                .replace(
                        "\"values\": {",
                        "\"values\": {\"a\": \"#{b}#{b}#{b}\", \"b\": \"#{c}#{c}#{c}\", \"c\": \"#{a}#{a}#{a}\", ");
        PipelineDraft draft =
                Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> DataPipelineImportTest.draft(json));
        assertThat(draft.draft().feeds().get(0).offBecause()).isPresent();
        assertThat(DataPipelineImportTest.everything(draft).length()).isLessThan(200_000);
    }

    @Test
    void hardQueriesAreReadInNoTime() throws IOException {
        for (String hard : List.of(
                "select * from people where " + "(".repeat(5_000) + "a" + ")".repeat(5_000),
                "select * from people where " + "a = 1 and ".repeat(900) + "b = 2",
                "select * from people" + " ".repeat(10_000) + "x",
                "select * from people where " + "a".repeat(10_000) + " > '#{@scheduledStartTime}x'",
                "select * from " + "a.".repeat(5_000) + "people",
                "select * from people where #{" + "a.".repeat(5_000) + "b}",
                "select * from people where ts > f('#{@scheduledStartTime}'" + ", 'a'".repeat(1_900))) {
            String json = Pipelines.BY_HAND.replace(
                    "SELECT * FROM #{table} WHERE country IN ('DE','AT') AND active = 1;", hard);
            Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> DataPipelineImportTest.draft(json));
        }
    }

    @Test
    void referencesToNothingAreSaid_andWhatNeedsThemStandsInComments() throws IOException {
        String json = Pipelines.BY_HAND
                .replace("\"database\": {\"ref\": \"Crm\"}", "\"database\": {\"ref\": \"Gone\"}")
                .replace("\"database\": {\"ref\": \"Cluster\"}", "\"database\": {\"ref\": \"Gone\"}")
                .replace("\"schedule\": {\"ref\": \"Hourly\"}", "\"schedule\": {\"ref\": \"Gone\"}");
        PipelineDraft draft = DataPipelineImportTest.draft(json);
        assertThat(draft.sources()).isEmpty();
        assertThat(draft.draft().clusters()).isEmpty();
        assertThat(draft.draft().feeds())
                .allSatisfy(sync -> assertThat(sync.offBecause()).isPresent());
        assertThat(DataPipelineImportTest.flowing(DataPipelineImportTest.yaml(draft)))
                .contains(
                        "SqlDataNode People names no database that the definition has",
                        "RedshiftDataNode PeopleTable names no database that the definition has: caravan.clusters says which",
                        "it has no schedule, for the definition has none for it");
        assertThat(draft.draft().byHand())
                .contains(
                        "SqlDataNode People: its database names Gone, which the definition doesn't have",
                        "Default: its schedule names Gone, which the definition doesn't have");
    }

    @Test
    void parametersWithoutAValueAreNotGuessed() throws IOException {
        PipelineDraft draft = DataPipelineImportTest.draft(Pipelines.CONSOLE
                .replace("\"mySourceTable\": \"orders\", ", "")
                .replace("\"myStaging\": \"s3://shop-staging/redshift\", ", "")
                .replace("\"mySourceUser\": \"pipeline\", ", ""));
        assertThat(draft.draft().feeds().get(0).offBecause())
                .hasValue("its table is '#{mySourceTable}', for which the definition has no value: write tables:");
        assertThat(DataPipelineImportTest.flowing(DataPipelineImportTest.everything(draft)))
                .contains(
                        "no more where the pipeline has them: name a bucket",
                        "camel.beans.shop_prod.user={{env:SHOP_PROD_USERNAME}}\n",
                        "set SHOP_PROD_USERNAME: JdbcDatabase shop_mysql has no username that can be written here");
    }

    /** Line ends of every kind, placeholders, quotes and what moves a cursor, wherever a text can stand. */
    @Test
    void aTextIsNothingElseInTheFilesThatAreWritten() throws IOException {
        String evil =
                "x\\n- from: {uri: 'file:/etc'}\\u0085\\u2028- beans:\\r\\u001b[2J {{file:/etc/passwd}} #{x} '\\\" ";
        for (String plain : List.of(
                "LoadOrders",
                "Nightly",
                "SrcOrders",
                "shop_mysql",
                "pipeline",
                "orders",
                "DestOrders",
                "loader",
                "dwh",
                "order_id",
                "sales",
                "created_at",
                "s3://shop-staging/redshift",
                "updated_at",
                "deleted = 0",
                "1 day",
                "MakeTable",
                "Worker",
                "arn:aws:sns:eu-west-1:123456789012:shop-loads",
                "RedshiftDatabase",
                "2019-03-04T02:30:00",
                "maximumRetries")) {
            String json = Pipelines.CONSOLE.replace(plain, evil + plain);
            Throwable refused = catchThrowable(() -> DataPipelineImportTest.draft(json));
            if (refused != null) {
                assertThat(refused).as(plain).isInstanceOf(IllegalArgumentException.class);
                continue;
            }
            PipelineDraft draft = DataPipelineImportTest.draft(json);
            String yaml = DataPipelineImportTest.yaml(draft);
            assertThat(yaml).as(plain).doesNotContain("\u001b", "\u0085", "\u2028", "\r");
            assertThat(yaml.lines().filter(line -> !line.strip().startsWith("#")))
                    .as(plain)
                    .noneMatch(line -> line.contains("{{"));
            Object beans = new Load(LoadSettings.builder().build()).loadFromString(yaml);
            boolean isOff = draft.draft().feeds().get(0).offBecause().isPresent();
            if (isOff) {
                assertThat(yaml.lines())
                        .as(plain)
                        .allMatch(line -> line.isBlank() || line.strip().startsWith("#"));
            } else {
                assertThat(beans).as(plain).isInstanceOf(List.class);
                assertThat((List<?>) beans).as(plain).hasSize(1);
                assertThat(((Map<?, ?>) ((List<?>) beans).get(0)).keySet()).hasToString("[beans]");
            }
            assertThat(SourceText.properties(draft.sources(), "AWS Data Pipeline")
                            .lines())
                    .as(plain)
                    .allMatch(line -> line.isEmpty() || line.startsWith("# ") || line.startsWith("camel.beans."))
                    .noneMatch(line -> !line.startsWith("#") && line.contains("passwd"));
        }
    }

    @Test
    void emptyInputIsNoDefinition() {
        assertThatThrownBy(() -> DataPipelineImport.draft(new ByteArrayInputStream("".getBytes(UTF_8))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
