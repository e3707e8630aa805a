package dev.caravan.routes.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.routes.LoadingTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Load-error views cut a file's URL off behind 256 bytes: of several files that begin so, only the bad one is blamed. */
class LongKeysTest extends LoadingTest {
    private static final String LONG = "web/" + "x".repeat(300);

    @Test
    void ofThreeWhoseFirst256BytesAgreeTheBadOneIsSetAside_withItsLineAndValue() throws Exception {
        start("batchSize", "4");
        put(LONG + "-a.csv", "1,a\n");
        put(LONG + "-b.csv", "2,b\nthree,c\n");
        put(LONG + "-c.csv", "4,d\n");
        put("web/short.csv", "5,e\n");
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("quarantined")).hasSize(1);
        JsonNode file = message.at("/quarantined/0");
        assertThat(file.path("file").asText()).isEqualTo(url(LONG + "-b.csv"));
        assertThat(file.path("line").asLong()).isEqualTo(2);
        assertThat(file.path("value").asText()).isEqualTo("three");
        assertThat(ids()).containsExactly("1", "4", "5");
    }

    @Test
    void keysOfManyBytesAreComparedByBytes_andTwoBadOnesAreBothFound() throws Exception {
        String greek = "web/" + "ω".repeat(130);
        start("batchSize", "4");
        put(greek + "-a.csv", "1,a\n");
        put(greek + "-b.csv", "two,b\n");
        put(greek + "-c.csv", "three,b\n");
        put(greek + "-d.csv", "4,d\n");
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("quarantined").findValuesAsText("file"))
                .containsExactlyInAnyOrder(url(greek + "-b.csv"), url(greek + "-c.csv"));
        assertThat(ids()).containsExactly("1", "4");
    }

    @Test
    void aBlankAtAKeysEndDoesntBlameTheOneWithout() throws Exception {
        start("batchSize", "3");
        put("web/a.csv", "1,a\n");
        put("web/a.csv ", "two,a\n");
        put("web/b.csv", "3,a\n");
        JsonNode message = messages(landing.failedQueueUrl(), 1).get(0);
        assertThat(message.path("quarantined").findValuesAsText("file")).isEqualTo(List.of(url("web/a.csv ")));
        assertThat(ids()).containsExactly("1", "3");
    }
}
