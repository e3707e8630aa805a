package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.LogOf;
import org.junit.jupiter.api.Test;

/** What a start says of clusters, buckets and tables that the feeds name. */
class FirstLookTest extends LoadingTest {

    @Test
    void whatIsMissingIsOneLineEach_andWhatIsThereIsLoadedMeanwhile() throws Exception {
        try (LogOf log = LogOf.messages("dev.caravan.startup")) {
            Pipeline pipeline = second(pipeline("batchSize", "1"))
                    .with("camel.beans.second.password", "wrong")
                    .with("camel.beans.second.connectionTimeout", "1000")
                    .with("camel.beans.second.initializationFailTimeout", "-1")
                    .feed("elsewhere", "prefix", "no-such-bucket-at-all/in/", "table", "public." + table)
                    .feed("typo", "prefix", landing.bucket() + "/typo/", "table", "public.no_such_table")
                    .feed("again", "prefix", landing.bucket() + "/again/", "table", "public.no_such_table")
                    .feed(
                            "other",
                            "prefix",
                            landing.bucket() + "/other/",
                            "table",
                            "public." + table,
                            "clusters",
                            "second")
                    .feed(
                            "captured",
                            "prefix",
                            landing.bucket() + "/t/",
                            "keyPattern",
                            "t/([a-z]+)/.*",
                            "table",
                            "public.$1");
            launch(pipeline);
            put("web/1.csv", "1,a\n");
            message(landing.loadedQueueUrl(), "loaded");
            await().until(() -> log.lines("no-such-bucket").size() == 1
                    && log.lines("no_such_table").size() == 1
                    && log.lines("Cluster second").size() == 1);
            assertThat(log.lines("no-such-bucket"))
                    .containsExactly(
                            "There is no bucket no-such-bucket-at-all, from which feed elsewhere would get files: create"
                                    + " it, or correct prefix");
            assertThat(log.lines("no_such_table"))
                    .containsExactly(
                            "Cluster redshift has no table public.no_such_table (feeds again, typo): create what is"
                                    + " missing, or correct table");
            assertThat(log.lines("Cluster second"))
                    .singleElement()
                    .asString()
                    .startsWith("Cluster second doesn't let Caravan in, so that this instance loads nothing into it: ")
                    .contains("password")
                    .doesNotContain("wrong");
            assertThat(log.lines("public." + table)).isEmpty();
        }
    }
}
