package dev.caravan.tell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.batch.Batch;
import dev.caravan.batch.BatchStatus;
import dev.caravan.batch.QuarantinedFile;
import dev.caravan.batch.Stage;
import dev.caravan.feed.Feed;
import dev.caravan.feed.FeedDefaults;
import dev.caravan.feed.Feeds;
import dev.caravan.outcome.BadRow;
import dev.caravan.outcome.Outcome;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcomeMessageTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Instant END = NOON.plusMillis(65_500);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Feed feed = feed();

    @Test
    void theMessageOfALoadedBatchIsTheGoldenOne() throws Exception {
        Batch batch = batch(
                BatchStatus.COMPLETE,
                Map.of(
                        "redshift",
                        new Outcome.Loaded("redshift", END, 600, 5_500, "s3://ops/manifests/web/web-01JD-1.manifest")));
        assertGolden("loaded.json", body(feed, batch, List.of(), "in/web/100.json", END));
        assertThat(subject(batch)).isEqualTo("Caravan: web loaded, 100 files, batch web-01JD");
    }

    @Test
    void theMessageOfAFailedBatchIsTheGoldenOne() throws Exception {
        BadRow bad = new BadRow("s3://landing/in/web/7.json", 12, "price", "ten", 1207, "Invalid digit");
        Batch batch = batch(
                BatchStatus.ERROR,
                Map.of(
                        "redshift",
                        new Outcome.Loaded("redshift", END, 600, 5_500, "s3://ops/manifests/web/web-01JD-1.manifest"),
                        "archive",
                        new Outcome.Failed(
                                "archive", END, "the cluster refused rows of the batch", "XX000", List.of(bad))));
        assertGolden("failed.json", body(feed, batch, List.of(), "in/web/100.json", END));
        assertThat(subject(batch)).isEqualTo("Caravan: web FAILED in archive, batch web-01JD");
    }

    @Test
    void aBatchThatFailedBeforeAnyClusterSaysWhy() throws Exception {
        JsonNode body = JSON.readTree(body(feed, batch(BatchStatus.ERROR, Map.of()), List.of(), "", END));
        assertThat(body.path("error").asText()).isEqualTo("the manifest could not be written");
        assertThat(body.path("clusters")).isEmpty();
    }

    @Test
    void theBodyStaysBelowTheLimitOfSnsWhateverItsTextsAre() throws Exception {
        String text = "\u0001🐪".repeat(200_000);
        BadRow bad = new BadRow(text, 1, text, text, 1, text);
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (int i = 0; i < 300; i++) {
            String cluster = i == 0 ? text : "cluster" + i;
            outcomes.put(cluster, new Outcome.Failed(cluster, END, text, text, Collections.nCopies(1_000, bad)));
        }
        Batch batch = batch(BatchStatus.ERROR, outcomes);
        String body = body(feed, batch, List.of(), "k".repeat(1024), END);
        assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(256 * 1024);
        assertThat(JSON.readTree(body).path("cut").asBoolean()).isTrue();
        assertThat(subject(batch)).hasSizeLessThan(100).matches("[ -~]+");
    }

    private String body(Feed of, Batch batch, List<QuarantinedFile> quarantined, String lastKey, Instant ended) {
        return OutcomeMessage.of(Optional.of(of), batch, quarantined, lastKey, ended)
                .body();
    }

    private String subject(Batch batch) {
        return OutcomeMessage.of(Optional.of(feed), batch, List.of(), "", END).subject();
    }

    private static Feed feed() {
        Feed feed = new Feed();
        feed.set("prefix", "landing/in/web/");
        feed.set("table", "public.web_log");
        return new Feeds(() -> Map.of("web", feed), FeedDefaults.NONE)
                .named("web")
                .orElseThrow();
    }

    private static Batch batch(BatchStatus status, Map<String, Outcome> outcomes) {
        return new Batch(
                "web-01JD",
                "web",
                "web",
                Batch.SHARED,
                status,
                Stage.NOTIFY,
                100,
                123_456,
                2,
                NOON,
                NOON.plusSeconds(60),
                Optional.of(NOON.plusSeconds(60)),
                1,
                0,
                "s3://ops/manifests/web/web-01JD-1.manifest",
                status == BatchStatus.ERROR ? "the manifest could not be written" : "",
                outcomes,
                0,
                List.of(),
                Map.of(),
                0,
                Optional.empty());
    }

    private static void assertGolden(String name, String body) throws Exception {
        try (InputStream in = Objects.requireNonNull(OutcomeMessageTest.class.getResourceAsStream(name), name)) {
            String golden = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(JSON.readTree(body).toPrettyString() + "\n").isEqualTo(golden);
        }
    }
}
