package dev.caravan.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.sandbox.aws.s3.EventDelivery;
import dev.caravan.sandbox.aws.s3.HeldEvents;
import dev.caravan.sandbox.aws.s3.ObjectCreated;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;

@ExtendWith(SandboxExtension.class)
class EventDeliveryTest {
    private static int tests;

    private final Sandbox sandbox;
    private final Landing landing;
    private final Inbox inbox;

    EventDeliveryTest(Sandbox sandbox) {
        this.sandbox = sandbox;
        landing = sandbox.landing("delivery-" + tests++);
        inbox = new Inbox(sandbox.sqs(), landing.queueUrl());
        inbox.drain(); // the test event
    }

    @Test
    void anEventIsInItsQueueBeforeThePutReturns() {
        put("a");

        assertThat(keys()).containsExactly("a");
    }

    @Test
    void duplicatesAreTheSameEventTwice() {
        sandbox.deliverEvents(landing.bucket(), EventDelivery.times(2));

        put("a");

        List<JsonNode> events = inbox.s3Events();
        assertThat(events).hasSize(2);
        assertThat(events.get(0)).isEqualTo(events.get(1));
    }

    @Test
    void droppedEventsNeverArriveAndTheObjectIsThere() {
        sandbox.deliverEvents(landing.bucket(), EventDelivery.never());
        put("lost");
        sandbox.deliverEvents(landing.bucket(), EventDelivery.promptly());
        put("seen");

        assertThat(keys()).containsExactly("seen");
        assertThat(sandbox.s3()
                        .headObject(r -> r.bucket(landing.bucket()).key("lost"))
                        .contentLength())
                .isEqualTo(1);
    }

    @Test
    void delayedEventsArriveAfterLaterOnes() {
        Duration delay = Duration.ofMillis(500);
        sandbox.deliverEvents(landing.bucket(), EventDelivery.after(delay));
        put("late");
        sandbox.deliverEvents(landing.bucket(), EventDelivery.promptly());
        put("early");

        assertThat(keys()).containsExactly("early");
        assertThat(inbox.await(1))
                .singleElement()
                .satisfies(m -> assertThat(m.body()).contains("\"late\""));
    }

    @Test
    void heldEventsArriveInReverseWhenReleased() {
        HeldEvents held = new HeldEvents();
        sandbox.deliverEvents(landing.bucket(), held);
        put("1");
        put("2");
        put("3");
        assertThat(keys()).isEmpty();
        assertThat(held.events()).extracting(ObjectCreated::key).containsExactly("1", "2", "3");

        held.releaseInReverse();

        assertThat(keys()).containsExactly("3", "2", "1");
    }

    private void put(String key) {
        sandbox.s3().putObject(r -> r.bucket(landing.bucket()).key(key), RequestBody.fromString("x"));
    }

    private List<String> keys() {
        return inbox.s3Events().stream()
                .map(e -> e.at("/s3/object/key").asText())
                .toList();
    }
}
