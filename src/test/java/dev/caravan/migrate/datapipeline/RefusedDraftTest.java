package dev.caravan.migrate.datapipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.migrate.draft.FeedDraft;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Caravan would refuse of a sync at its start stands in comments, with the reason. */
class RefusedDraftTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            "tableName": "orders"      ; "tableName": "dwh.sales.orders" ; Caravan refuses table: write schema.table
            deleted = 0                ; name <> 'a--b'                  ; Caravan refuses where: write a condition in the source's SQL
            "order_id", "line"         ; "order_id", "order_id"          ; Caravan refuses keys:
            format(@scheduledStartTime, ; format(minusDays(@scheduledStartTime,800), ; Caravan refuses overlap:
            """)
    void wholly_whereItWouldLoadSomethingElse(String there, String instead, String why) throws IOException {
        assertThat(Pipelines.CONSOLE).contains(there);
        PipelineDraft draft = DataPipelineImportTest.draft(Pipelines.CONSOLE.replace(there, instead));
        assertThat(draft.draft().feeds().get(0).offBecause())
                .hasValueSatisfying(words -> assertThat(words).startsWith(why));
        assertThat(DataPipelineImportTest.yaml(draft)).contains("    # - name: orders\n");
    }

    @Test
    void inPart_whereItLoadsTheSameWithoutIt() throws IOException {
        PipelineDraft draft = DataPipelineImportTest.draft(
                Pipelines.CONSOLE.replace("123456789012:shop-loads", "123456789012:shop-loads:sub"));
        assertThat(draft.draft().feeds().get(0).offBecause()).isEmpty();
        assertThat(DataPipelineImportTest.flowing(DataPipelineImportTest.yaml(draft)))
                .contains(
                        "Caravan refuses loadedTopic: ",
                        "(it was arn:aws:sns:eu-west-1:123456789012:shop-loads:sub)",
                        "failedTopic: arn:aws:sns:eu-west-1:123456789012:shop-alarms\n")
                .doesNotContain(" loadedTopic: arn");
    }

    @Test
    void theSecondOfTwoThatTakeOneTable() throws IOException {
        String twice = Pipelines.BY_HAND.replace(
                "{\"id\": \"LoadLogs\"",
                "{\"id\": \"LoadAgain\", \"type\": \"RedshiftCopyActivity\", \"input\": {\"ref\": \"PeopleIn\"},"
                        + " \"output\": {\"ref\": \"NotesTable\"}, \"insertMode\": \"TRUNCATE\"}, {\"id\": \"LoadLogs\"");
        List<FeedDraft> syncs = DataPipelineImportTest.draft(twice).draft().feeds();
        assertThat(syncs).extracting(FeedDraft::name).containsExactly("people", "notes", "people-2");
        assertThat(syncs.get(0).offBecause()).isEmpty();
        assertThat(syncs.get(2).offBecause())
                .hasValue("Caravan refuses tables: sync 'people' takes crm.people as well; one of them can");
    }

    @Test
    void namesFitHoweverLongTheyAre() throws IOException {
        String host = "h".repeat(63);
        PipelineDraft draft = DataPipelineImportTest.draft(Pipelines.CONSOLE
                .replace("@shop-prod.abc123", "@" + host + ".abc123")
                .replace("\"mySourceTable\": \"orders\"", "\"mySourceTable\": \"" + "h".repeat(60) + "\""));
        assertThat(draft.draft().feeds().get(0).offBecause()).isEmpty();
        assertThat(draft.sources().get(0).name()).hasSizeBetween(60, 64).isNotEqualTo("h".repeat(60));
    }
}
