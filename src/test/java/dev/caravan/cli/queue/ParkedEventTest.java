package dev.caravan.cli.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.caravan.s3.event.EventReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/** A parked event is one line, whatever is in it. */
class ParkedEventTest {
    private static final String SINCE = "2026-11-21T13:19:17.125Z";

    @Test
    void itsTimeItsObjectAndItsReason() {
        assertThat(line(records(1), "no feed wants it"))
                .isEqualTo("2026-11-21T13:19:17Z  s3://landing/web/a b0.csv  (no feed wants it)");
    }

    @Test
    void withoutAReasonTheObjectAlone() {
        assertThat(line(records(1), "")).isEqualTo("2026-11-21T13:19:17Z  s3://landing/web/a b0.csv");
    }

    @Test
    void ofManyObjectsTheFirst() {
        assertThat(line(records(5), ""))
                .endsWith(
                        "  s3://landing/web/a b0.csv, s3://landing/web/a b1.csv, s3://landing/web/a b2.csv and 2 more");
    }

    @Test
    void ofWhatCannotBeReadTheBeginning_andNothingThatATerminalObeys() {
        assertThat(line("garbage\n\u001b[31mred\u202e" + "x".repeat(500), ""))
                .startsWith("2026-11-21T13:19:17Z  garbage\\n\\u001b[31mred\\u202exxx")
                .endsWith("x…")
                .hasSize(22 + 200);
    }

    @Test
    void theDocsShowWhatIsPrinted() throws Exception {
        String broken = "{\"Records\": broken";
        Throwable reason = catchThrowable(() -> new EventReader().records(broken));
        assertThat(Files.readString(Path.of("docs/how-to/redrive-dead-letters.md")))
                .contains(line(broken, String.valueOf(reason.getMessage())).substring(20));
    }

    private static String line(String body, String reason) {
        Message.Builder message = Message.builder()
                .body(body)
                .attributes(Map.of(
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        Long.toString(Instant.parse(SINCE).toEpochMilli())));
        if (!reason.isEmpty()) {
            message.messageAttributes(Map.of(
                    "reason",
                    MessageAttributeValue.builder()
                            .dataType("String")
                            .stringValue(reason)
                            .build()));
        }
        return ParkedEvent.of(message.build()).toString();
    }

    private static String records(int count) {
        return IntStream.range(0, count)
                .mapToObj("""
                        {"eventName":"ObjectCreated:Put","eventTime":"2026-01-31T12:00:00Z","s3":{"bucket":{"name":"landing"},
                        "object":{"key":"web/a+b%d.csv","size":4,"eTag":"e1"}}}"""::formatted)
                .collect(Collectors.joining(",", "{\"Records\":[", "]}"));
    }
}
