package dev.caravan.routes.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.routes.LoadingTest;
import dev.caravan.routes.Pipeline;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a new version of an object: as its feed says. */
class OverwriteTest extends LoadingTest {

    @Test
    void loadTakesEveryVersionAsAFile() throws Exception {
        start("batchSize", "1");
        put("web/f.csv", "1,a\n");
        messages(landing.loadedQueueUrl(), 1);
        put("web/f.csv", "22,a\n");
        messages(landing.loadedQueueUrl(), 1);
        assertThat(ids()).containsExactly("1", "22");
    }

    @Test
    void skipTakesTheFirstAlone() throws Exception {
        start("batchSize", "1", "onOverwrite", "skip");
        put("web/f.csv", "1,a\n");
        messages(landing.loadedQueueUrl(), 1);
        put("web/f.csv", "2,a\n");
        put("web/g.csv", "3,a\n");
        messages(landing.loadedQueueUrl(), 1);
        assertThat(ids()).containsExactly("1", "3");
    }

    @Test
    void skipAlsoHoldsForWhatWasTakenBeforeTheFeedSkipped() throws Exception {
        Pipeline loads = start("batchSize", "1");
        put("web/f.csv", "1,a\n");
        messages(landing.loadedQueueUrl(), 1);
        loads.close();
        start("batchSize", "1", "onOverwrite", "skip");
        put("web/f.csv", "2,a\n");
        put("web/g.csv", "3,a\n");
        messages(landing.loadedQueueUrl(), 1);
        assertThat(ids()).containsExactly("1", "3");
    }

    @Test
    void replaceDeletesTheRowsThatCameFromTheObject() throws Exception {
        start(
                "batchSize",
                "2",
                "batchTimeout",
                "1s",
                "onOverwrite",
                "replace",
                "fileColumn",
                "name",
                "columns",
                "id, name");
        put("web/f", "1," + url("web/f") + "\n2," + url("web/f") + "\n");
        put("web/g", "3," + url("web/g") + "\n");
        messages(landing.loadedQueueUrl(), 1);
        assertThat(ids()).containsExactly("1", "2", "3");
        put("web/f", "4," + url("web/f") + "\n");
        await().until(() -> ids().equals(List.of("3", "4")));
    }
}
