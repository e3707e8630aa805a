package dev.caravan.routes.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.LogOf;
import dev.caravan.routes.LoadingTest;
import dev.caravan.sandbox.SharedSandbox;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** COPY reads S3 with the keys that the feed says, and what is told of a failure has none of them. */
class CopyCredentialsTest extends LoadingTest {
    private static final String ID = "AKIAOFTHEFEEDWEB0001";
    private static final String SECRET = "the/secret+of+the+feed=";
    private static final String TOKEN = "FwoGZXIvYXdzEtokenOfCaravan/+=";

    @AfterEach
    void noToken() {
        System.clearProperty("aws.sessionToken");
    }

    @Test
    void keysOfTheFeed() throws Exception {
        SharedSandbox.get().redshift().acceptKeys(ID, SECRET, Optional.empty());
        start("copyCredentials", "keys", "accessKeyId", ID, "secretAccessKey", SECRET, "batchSize", "1");
        put("web/1.csv", "1,a\n");
        messages(landing.loadedQueueUrl(), 1);
        assertThat(ids()).containsExactly("1");
    }

    @Test
    void keysOfCaravanItself_asTheyAreThen() throws Exception {
        SharedSandbox.get().redshift().acceptKeys("sandbox", "sandbox", Optional.of(TOKEN));
        launch(pipeline("batchSize", "1").with("caravan.copy-credentials", "session"));
        put("web/1.csv", "1,a\n");
        messages(landing.loadedQueueUrl(), 1);
        System.setProperty("aws.sessionToken", TOKEN);
        put("web/2.csv", "2,b\n");
        messages(landing.loadedQueueUrl(), 1);
        await().until(() -> ids().equals(List.of("1", "2")));
    }

    @Test
    void wrongKeysAreToldInS3sWords_andNotShown() throws Exception {
        try (LogOf log = LogOf.everything()) {
            start("copyCredentials", "keys", "accessKeyId", ID, "secretAccessKey", SECRET + "x", "batchSize", "1");
            SharedSandbox.get().redshift().acceptKeys(ID, SECRET, Optional.empty());
            put("web/1.csv", "1,a\n");
            JsonNode failed = message(landing.failedQueueUrl(), "failed");
            assertThat(failed.path("error").asText())
                    .contains("S3 refuses the keys that the cluster was given", "SignatureDoesNotMatch")
                    .contains("Correct the feed's accessKeyId and secretAccessKey");
            assertThat(failed.toString()).doesNotContain(ID, SECRET);
            assertThat(log.lines("S3 refuses the keys")).isNotEmpty();
            assertThat(log.lines(ID)).isEmpty();
            assertThat(log.lines(SECRET)).isEmpty();
        }
    }
}
