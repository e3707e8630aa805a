package dev.caravan.cli.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.sandbox.Landing;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Only what was there is moved; what came later is as it was. */
class DeadLettersTest {
    private final SqsClient sqs = SharedSandbox.get().sqs();
    private final Landing landing = SharedSandbox.landing();
    private final Queue queue = new Queue(landing.deadLetterQueueName(), landing.deadLetterQueueUrl());

    @Test
    void whatArrivesDuringTheRunIsLeftAndVisibleAgainAtItsEnd() throws Exception {
        IntStream.range(0, 25).forEach(i -> send("before " + i));
        Instant begin = Instant.now();
        await().until(() -> Instant.now().isAfter(begin.plusMillis(1)));
        IntStream.range(0, 15).forEach(i -> send("after " + i));

        DeadLetters dead = new DeadLetters(sqs, queue, begin);
        List<String> moved = new ArrayList<>();
        for (List<Message> some = dead.next(100); !some.isEmpty(); some = dead.next(100)) {
            assertThat(some).hasSizeLessThanOrEqualTo(10);
            some.forEach(message -> moved.add(message.body()));
            dead.delete(some);
        }
        assertThat(moved).hasSize(25).allMatch(body -> body.startsWith("before "));
        assertThat(dead.later()).isEqualTo(15);

        dead.release();
        List<String> left = bodies(new DeadLetters(sqs, queue, Instant.MAX));
        assertThat(left).hasSize(15).allMatch(body -> body.startsWith("after "));
    }

    @Test
    void aMessageIsGivenOnce_evenIfItBecomesVisibleMeanwhile() {
        send("once");
        DeadLetters dead = new DeadLetters(sqs, queue, Instant.MAX);
        List<Message> first = dead.next(1);
        assertThat(first).hasSize(1);
        sqs.changeMessageVisibility(r -> r.queueUrl(queue.url())
                .receiptHandle(first.get(0).receiptHandle())
                .visibilityTimeout(0));
        assertThat(dead.next(1)).isEmpty();
    }

    private static List<String> bodies(DeadLetters dead) {
        List<String> bodies = new ArrayList<>();
        for (List<Message> some = dead.next(10); !some.isEmpty(); some = dead.next(10)) {
            some.forEach(message -> bodies.add(message.body()));
        }
        return bodies;
    }

    private void send(String body) {
        sqs.sendMessage(r -> r.queueUrl(queue.url()).messageBody(body));
    }
}
