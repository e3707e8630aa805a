package dev.caravan.migrate.datapipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** When syncs run, and what is said where a schedule can't be had. */
class TimingTest {
    private static final String PERIOD = "\"period\": \"6 Hours\"";
    private static final String START = "\"startDateTime\": \"2018-01-01T05:10:00\"";
    private static final String END = ", \"endDateTime\": \"2031-01-01T00:00:00\"";

    @Test
    void whatCronCantSayHasNoSchedule_andTheNearestAreNamed() throws IOException {
        assertThat(people(PERIOD, "\"period\": \"7 hours\""))
                .contains(
                        "it has no schedule: cron can't say every 7 hours from 2018-01-01T05:10; write one of the nearest: schedule:"
                                + " 0 10 5/6 * * ? (every 6 hours) or schedule: 0 10 5/8 * * ? (every 8 hours); times are UTC")
                .doesNotContain("  schedule:", "timeZone:");
        assertThat(people(PERIOD + ", " + START, "\"period\": \"1 month\", \"startDateTime\": \"2018-01-30T05:10:00\""))
                .contains(
                        "not all months have a day 30: write schedule: 0 10 5 28 * ? for the 28th, or L in the place of 28 for the"
                                + " last");
        assertThat(people(PERIOD, "\"period\": \"often\""))
                .contains(
                        "it has no schedule: 'often', the period of Schedule Hourly, isn't understood: write schedule:");
    }

    @Test
    void aStartThatIsNotSaidIsMidnight_andThatIsSaid() throws IOException {
        for (String start : new String[] {
            "\"startAt\": \"FIRST_ACTIVATION_DATE_TIME\"", "\"startDateTime\": \"#{makeDate(2018,5,24)}\""
        }) {
            assertThat(people(PERIOD + ", " + START, "\"period\": \"1 day\", " + start))
                    .contains(
                            "schedule: '0 0 0 * * ?'",
                            "here the day begins at midnight, UTC: set the time in schedule");
        }
        assertThat(people(START, "\"startDateTime\": \"soon\""))
                .contains("but when it began, 'soon', isn't understood");
        assertThat(people(START, "\"startDateTime\": \"2018-01-01T05:10:00+02:00\""))
                .contains("schedule: '0 10 3/6 * * ?'");
        assertThat(people(START, "\"startDateTime\": \"2018-01-01\"")).contains("schedule: '0 0 0/6 * * ?'");
    }

    @Test
    void aPipelineThatRanOnceOrOnDemandHasNoSchedule() throws IOException {
        assertThat(people(END, ", \"occurrences\": \"1\""))
                .contains("it has no schedule: the pipeline ran once (Schedule Hourly, occurrences 1)")
                .doesNotContain("  schedule:");
        assertThat(people(END, ", \"occurrences\": \"3\""))
                .contains("the pipeline ended after 3 runs; here it goes on");
        assertThat(people("\"timeseries\", \"schedule\": {\"ref\": \"Hourly\"}", "\"ONDEMAND\""))
                .contains("it has no schedule: the pipeline ran on demand, whenever it was activated")
                .doesNotContain("  schedule:");
    }

    @Test
    void aNodeWithADatabaseOfItsOwnIsASourceToo_andTwoOfOneHostHaveTwoNames() throws IOException {
        String json = Pipelines.BY_HAND.replace(
                "{\"id\": \"People\", \"type\": \"SqlDataNode\", \"table\": \"people\", \"database\": {\"ref\": \"Crm\"},",
                "{\"id\": \"People\", \"type\": \"MySqlDataNode\", \"table\": \"people\", \"username\": \"me\", \"*password\": \"S3cr3t-of-nobody\","
                        + " \"connectionString\": \"jdbc:mysql://crm-db.example.com/hr\",");
        PipelineDraft draft = DataPipelineImportTest.draft(json);
        assertThat(draft.sources()).extracting(SourceDraft::name).containsExactly("crm_db", "crm_db_crm");
        assertThat(draft.sources().get(0).url()).isEqualTo("jdbc:mariadb://crm-db.example.com/hr");
        assertThat(DataPipelineImportTest.yaml(draft)).contains("source: crm_db\n        tables: hr.people\n");
    }

    private static String people(String there, String instead) throws IOException {
        assertThat(Pipelines.BY_HAND).contains(there);
        return DataPipelineImportTest.flowing(DataPipelineImportTest.yaml(
                        DataPipelineImportTest.draft(Pipelines.BY_HAND.replace(there, instead))))
                .replaceFirst("(?s)\n *# From Data Pipeline's RedshiftCopyActivity LoadNotes.*", "");
    }
}
