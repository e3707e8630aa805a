package dev.caravan.routes.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.batch.BatchStatus;
import dev.caravan.ledger.Ledger;
import dev.caravan.outcome.Outcome;
import dev.caravan.routes.LoadingTest;
import dev.caravan.sandbox.SharedSandbox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that COPY leaves out though it succeeds are counted, told with file and line, and warned about. */
class SkippedRowsTest extends LoadingTest {

    @ParameterizedTest
    @ValueSource(strings = {"MAXERROR 100", "IGNOREALLERRORS"})
    void aLoadThatKeepsNoRowAtAllIsAWarning_withTheirNumberAndFileAndLine(String option) throws Exception {
        var ledger = start("copyOptions", option, "batchSize", "1").ledger();
        put("web/semicolons.csv", "1;a\n2;b\n3;c\n");
        JsonNode message = messages(landing.loadedQueueUrl(), 1).get(0);
        assertThat(message.path("what").asText()).isEqualTo("loaded");
        assertThat(message.path("severity").asText()).isEqualTo("warning");
        JsonNode told = message.at("/clusters/0");
        assertThat(told.path("rows").asLong()).isZero();
        assertThat(told.at("/skipped/rows").asLong()).isEqualTo(3);
        assertThat(told.at("/skipped/files").asLong()).isEqualTo(1);
        JsonNode first = told.at("/skipped/first/0");
        assertThat(first.path("file").asText()).isEqualTo(url("web/semicolons.csv"));
        assertThat(first.path("line").asLong()).isEqualTo(1);
        assertThat(first.path("rows").asLong()).isEqualTo(3);
        assertThat(first.path("reason").asText()).isNotEmpty();
        assertThat(messages(landing.failedQueueUrl(), 1)).hasSize(1);
        assertThat(batch(ledger, "web/semicolons.csv").outcomes().get("redshift"))
                .isInstanceOfSatisfying(
                        Outcome.Loaded.class,
                        loaded -> assertThat(loaded.skipped().rows()).isEqualTo(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"append", "keepExisting"})
    void ofSeveralFilesEachIsToldOnce_inPlainAndStagedLoads_andOthersLoad(String mode) throws Exception {
        start(
                "copyOptions",
                "MAXERROR 10",
                "batchSize",
                "3",
                mode.equals("append") ? "onBadFile" : "writeMode",
                mode.equals("append") ? "quarantine" : mode,
                mode.equals("append") ? "maxBadFiles" : "keys",
                mode.equals("append") ? "10" : "id");
        put("web/a.csv", "1,a\nx,a\ny,a\n");
        put("web/b.csv", "2,b\n");
        put("web/c.csv", "3,c\n4,d\nz,d\n");
        JsonNode told = messages(landing.loadedQueueUrl(), 1).get(0).at("/clusters/0/skipped");
        assertThat(told.path("rows").asLong()).isEqualTo(3);
        assertThat(told.path("first").findValuesAsText("file")).containsExactly(url("web/a.csv"), url("web/c.csv"));
        assertThat(told.path("first").findValuesAsText("line")).containsExactly("2", "3");
        assertThat(told.path("first").findValuesAsText("value")).containsExactly("x", "z");
        assertThat(ids()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void whereNothingIsSkippedAllIsWell() throws Exception {
        start("copyOptions", "MAXERROR 10", "batchSize", "1");
        put("web/a.csv", "x,a\n1,a\n");
        assertThat(messages(landing.loadedQueueUrl(), 1).get(0).path("severity").asText())
                .isEqualTo("warning");
        await().until(() -> cluster.column("SELECT 1 FROM stl_load_errors WHERE RTRIM(filename) = '" + url("web/a.csv")
                        + "' AND starttime >= getdate() - INTERVAL '4 seconds'")
                .isEmpty());
        put("web/a.csv", "2,a\n"); // the errors of its earlier version are not its own
        JsonNode message = messages(landing.loadedQueueUrl(), 1).get(0);
        assertThat(message.path("severity").asText()).isEqualTo("info");
        assertThat(message.at("/clusters/0").has("skipped")).isFalse();
        assertThat(messages(landing.failedQueueUrl(), 1)).hasSize(1);
    }

    @Test
    void aLoadWhoseAnswerWasLostTellsThemToo() throws Exception {
        SharedSandbox.get().redshift().faults().add("lost-commit times=1");
        start("copyOptions", "MAXERROR 10", "batchSize", "1");
        put("web/a.csv", "x,a\n1,a\n");
        JsonNode message = messages(landing.loadedQueueUrl(), 1).get(0);
        assertThat(message.at("/clusters/0/skipped/rows").asLong()).isEqualTo(1);
        assertThat(ids()).containsExactly("1");
    }

    @Test
    void aLoadOfBeforeItsBatchWasGivenUpAndReprocessedTellsThemToo() throws Exception {
        Ledger ledger = launch(
                        pipeline("copyOptions", "MAXERROR 10", "batchSize", "1").with("caravan.load.retry-for", "1s"))
                .ledger();
        put("web/good.csv", "7,g\n");
        message(landing.loadedQueueUrl(), "loaded");
        SharedSandbox.get().redshift().faults().add("slow match=\"^\\s*COPY\" ms=2000 times=1");
        SharedSandbox.get().redshift().faults().add("lost-commit times=1");
        put("web/a.csv", "x,a\n1,a\n");
        String id = batch(ledger, "web/a.csv").id();
        await().until(() -> !ledger.find(id).orElseThrow().manifest().isEmpty());
        SharedSandbox.get().redshift().faults().add("cancelled match=^\\s*SELECT forever");
        await().until(() -> ledger.find(id).orElseThrow().status() == BatchStatus.ERROR);
        SharedSandbox.get().redshift().faults().clear();
        await().until(() -> cluster.column("SELECT 1 FROM stl_load_errors WHERE RTRIM(filename) = '" + url("web/a.csv")
                        + "' AND starttime >= getdate() - INTERVAL '3 seconds'")
                .isEmpty());
        assertThat(ids()).containsExactly("1", "7");
        reprocess(ledger.find(id).orElseThrow());
        JsonNode message = message(landing.loadedQueueUrl(), "loaded");
        assertThat(message.at("/clusters/0/skipped/rows").asLong()).isEqualTo(1);
        assertThat(ids()).containsExactly("1", "7");
    }

    @Test
    void aClusterThatCantBeAskedIsAWarning_forNobodyKnows() throws Exception {
        SharedSandbox.get().redshift().faults().add("cancelled match=(?:stl|sys)_load_error forever");
        start("copyOptions", "MAXERROR 10", "batchSize", "1");
        put("web/a.csv", "x,a\n1,a\n");
        JsonNode message = messages(landing.loadedQueueUrl(), 1).get(0);
        assertThat(message.path("severity").asText()).isEqualTo("warning");
        assertThat(message.at("/clusters/0/skipped/known").asBoolean(true)).isFalse();
        assertThat(ids()).containsExactly("1");
    }
}
