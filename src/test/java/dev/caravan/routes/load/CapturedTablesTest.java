package dev.caravan.routes.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.routes.LoadingTest;
import dev.caravan.routes.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** One feed, several tables: as the object's key says, and another one in another cluster. */
class CapturedTablesTest extends LoadingTest {

    @Test
    void aFileGoesIntoTheTableThatItsKeyNames_inBatchesOfItsOwn_andIntoAnotherInAnotherCluster() throws Exception {
        for (String region : List.of("eu", "us_\"x")) {
            String quoted = region.replace("\"", "\"\"");
            cluster.run("CREATE TABLE public.\"" + table + "_" + quoted + "\" (id INT, name VARCHAR(200))");
        }
        Pipeline pipeline = launch(second(pipeline(
                "keyPattern",
                "web/(?<region>[^/]+)/.*",
                "table",
                "public." + table + "_${region}",
                "clusters",
                "redshift, second",
                "clusterTables",
                "second=public." + table,
                "batchSize",
                "2")));
        put("web/EU/1.csv", "1,a\n");
        put("web/us_\"x/2.csv", "2,b\n");
        put("web/EU/3.csv", "3,c\n");
        put("web/us_\"x/4.csv", "4,d\n");
        List<JsonNode> told = messages(landing.loadedQueueUrl(), 2);
        assertThat(told)
                .extracting(message -> message.get("table").asText())
                .containsExactlyInAnyOrder("public." + table + "_eu", "public.\"" + table + "_us_\"\"x\"");
        assertThat(told)
                .allSatisfy(message -> assertThat(
                                StreamSupport.stream(message.get("clusters").spliterator(), false)
                                        .filter(outcome ->
                                                outcome.get("cluster").asText().equals("second"))
                                        .map(outcome -> outcome.get("table").asText()))
                        .containsExactly("public." + table));
        assertThat(cluster.column("SELECT id FROM public." + table + "_eu ORDER BY id"))
                .isEqualTo(List.of("1", "3"));
        assertThat(cluster.column("SELECT id FROM public.\"" + table + "_us_\"\"x\" ORDER BY id"))
                .isEqualTo(List.of("2", "4"));
        assertThat(ids()).containsExactly("1", "2", "3", "4");
        assertThat(batch(pipeline.ledger(), "web/EU/1.csv").key()).isEqualTo("web#region=EU");
    }

    @Test
    void aKeyReachesNeitherCaravansOwnTables_norOneThatIsNotAllowed() throws Exception {
        launch(pipeline(
                        "keyPattern",
                        "web/([^/]+)/([^/]+)/.*",
                        "table",
                        "$1.$2",
                        "allowedTables",
                        "caravan.*, public." + table,
                        "batchSize",
                        "1")
                .feed("other", "prefix", landing.bucket() + "/other/", "table", "public." + table, "batchSize", "1"));
        put("other/1.csv", "1,a\n");
        messages(landing.loadedQueueUrl(), 1);
        String books = "caravan.\"public." + table + "\"";
        put("web/CARAVAN/public." + table + "/2.csv", "forged,1,1,1,s3://a/b,2026-01-01\n");
        put("web/public/" + table + "_2/3.csv", "3,c\n");
        put("web/Public/" + table + "/4.csv", "4,d\n");
        messages(landing.loadedQueueUrl(), 1);
        List<String> reasons = new ArrayList<>();
        await().until(() -> {
            parked().forEach(message -> reasons.add(
                    Objects.requireNonNull(message.messageAttributes().get("reason"))
                            .stringValue()));
            return reasons.size() >= 2;
        });
        assertThat(reasons)
                .hasSize(2)
                .anyMatch(reason -> reason.contains("schema caravan is Caravan's own"))
                .anyMatch(reason -> reason.contains(table + "_2 is not among allowedTables"));
        assertThat(ids()).containsExactly("1", "4");
        assertThat(cluster.column("SELECT count(*) FROM " + books + " WHERE batch = 'forged'"))
                .isEqualTo(List.of("0"));
    }

    @Test
    void aKeyThatNamesNoTableIsParked_andOtherFeedsTakeTheFile() throws Exception {
        launch(pipeline(
                        "keyPattern",
                        "web/([^/]+)/.*",
                        "table",
                        "public." + table + "_$1",
                        "onMatch",
                        "continue",
                        "batchSize",
                        "1")
                .feed("all", "prefix", landing.bucket() + "/", "table", "public." + table, "batchSize", "1"));
        put("web/" + "a".repeat(128) + "/1.csv", "1,a\n");
        messages(landing.loadedQueueUrl(), 1);
        assertThat(ids()).containsExactly("1");
        await().untilAsserted(
                        () -> assertThat(parked())
                                .singleElement()
                                .satisfies(
                                        message -> assertThat(Objects.requireNonNull(message.messageAttributes()
                                                                .get("reason"))
                                                        .stringValue())
                                                .startsWith("feed web can't take s3://")
                                                .contains("is no table's name: a part has at most 127 bytes")
                                                .endsWith(
                                                        "Change the feed's keyPattern or allowedTables, then give the command caravan redrive")));
    }
}
