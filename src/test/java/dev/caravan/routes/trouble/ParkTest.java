package dev.caravan.routes.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.LogOf;
import dev.caravan.base.HostileTexts;
import dev.caravan.base.Shown;
import dev.caravan.routes.LoadingTest;
import dev.caravan.s3.event.EventWriter;
import dev.caravan.s3.event.ObjectCreated;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;

/** Whatever an event says, it is parked with its reason at the first try, and the log has a line for it. */
class ParkTest extends LoadingTest {
    private static final int KEYS = 40;

    @Test
    void anyKeyIsParkedWithItsReason() {
        List<String> keys = Stream.concat(
                        Stream.of("other/it's\u001b[2J\n\u0000\uffff\u009b.csv", "k".repeat(HostileTexts.LONGEST_KEY)),
                        HostileTexts.keys().sampleStream().limit(KEYS))
                .distinct()
                .toList();
        try (LogOf log = LogOf.messages("")) {
            launch(pipeline().with("caravan.unmatched", "park"));
            keys.forEach(key -> send(EventWriter.message(List.of(EventWriter.record(created(key))))));
            Map<String, String> parked = parked(keys.size());
            assertThat(parked.values()).allMatch(Shown::isPlain);
            for (String key : keys) {
                assertThat(parked.values())
                        .anyMatch(
                                reason -> reason.startsWith("no feed wants " + Shown.line(url(key)) + ": add a feed"));
            }
            assertThat(log.lines(""))
                    .filteredOn(line -> !line.startsWith("Parked an event"))
                    .noneMatch(line -> line.contains("park"));
            assertThat(log.lines("Parked an event")).hasSize(keys.size());
        }
    }

    @Test
    void whatCannotBeReadIsParkedWithItsReason_howeverLongItIs() {
        String garbage = "\u009b2J\u202e' not JSON\n";
        String words =
                "{\"Records\":[{\"eventName\":\"ObjectCreated:Put\",\"eventTime\":\"\\u001b[2J\\uffff\\u0000\\ud800\",\"s3\":"
                        + "{\"bucket\":{\"name\":\"b\"},\"object\":{\"key\":\"k\",\"size\":1,\"eTag\":\"e\"}}}]}";
        String full = "x".repeat(262_144);
        String almostFull = "y".repeat(262_144 - 60);
        launch(pipeline());
        Stream.of(garbage, words, full, almostFull).forEach(this::send);
        Map<String, String> parked = parked(4);
        assertThat(parked.get(garbage)).startsWith("not JSON at line 1");
        assertThat(parked.get(full)).isEmpty();
        assertThat(parked.get(almostFull)).startsWith("not JSON at line 1").endsWith("…");
        assertThat(parked).anySatisfy((body, reason) -> {
            assertThat(body).contains("\\u001b[2J\\uffff\\u0000\\ud800").doesNotContain("\uffff");
            assertThat(reason)
                    .startsWith("the event's time is not of the form")
                    .contains("\\u001b[2J\\uffff\\u0000\\ud800");
        });
    }

    private ObjectCreated created(String key) {
        return new ObjectCreated(landing.bucket(), key, "v1", 4, Instant.parse("2026-01-31T12:00:00Z"));
    }

    private void send(String body) {
        SharedSandbox.get()
                .sqs()
                .sendMessage(r -> r.queueUrl(landing.queueUrl()).messageBody(body));
    }

    /** Bodies with their reasons. */
    private Map<String, String> parked(int count) {
        List<Message> messages = new ArrayList<>();
        await().until(() -> {
            messages.addAll(parked());
            return messages.size() >= count;
        });
        Map<String, String> reasons = new HashMap<>();
        messages.forEach(message -> reasons.put(
                message.body(),
                message.messageAttributes().containsKey("reason")
                        ? message.messageAttributes().get("reason").stringValue()
                        : ""));
        return reasons;
    }
}
