package dev.caravan.routes.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.routes.LoadingTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A file of several feeds, and one of none. */
class SeveralFeedsTest extends LoadingTest {

    @Test
    void aFileGoesToEachFeedOnce_andWhatIsDiscardedToNone() throws Exception {
        cluster.run("CREATE TABLE public." + table + "_days (id INT, name VARCHAR(200))");
        launch(pipeline("batchSize", "1", "onMatch", "continue")
                .feed(
                        "days",
                        "prefix",
                        landing.bucket() + "/w*/dt=*/",
                        "table",
                        "public." + table + "_days",
                        "onMatch",
                        "continue",
                        "batchSize",
                        "1")
                .feed("temporary", "prefix", landing.bucket() + "/web/", "filter", "_.*", "discard", "true"));
        put("web/_a.csv", "1,a\n");
        put("web/dt=2026-11-20/_a.csv", "2,b\n");
        put("web/dt=2026-11-21/c.csv", "3,c\n");
        put("web/d.csv", "4,d\n");
        messages(landing.loadedQueueUrl(), 4);
        assertThat(cluster.column("SELECT id FROM public." + table + "_days ORDER BY id"))
                .isEqualTo(List.of("2", "3"));
        assertThat(ids()).containsExactly("3", "4");
        assertThat(parked()).isEmpty();
    }
}
