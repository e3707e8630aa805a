package dev.caravan.routes.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.LogOf;
import dev.caravan.routes.LoadingTest;
import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.SharedSandbox;
import dev.caravan.sandbox.faults.Call;
import dev.caravan.sandbox.faults.Observer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stop of an instance that has nothing to do. */
class StopTest extends LoadingTest {
    private static final Duration POLL = Duration.ofSeconds(20);

    private final CompletableFuture<Instant> firstPoll = new CompletableFuture<>();

    @AfterEach
    void blind() {
        SharedSandbox.get().observe(Observer.NONE);
    }

    @Test
    void anIdleInstanceStopsAtOnce_thoughItPollsFor20Seconds_andSaysNothingOfIt_andNoEventIsLost() throws Exception {
        Pipeline pipeline = launch(pipeline("batchSize", "1")
                .with("caravan.receive-wait-seconds", "" + POLL.toSeconds())
                .with("camel.main.shutdownTimeout", "" + POLL.multipliedBy(3).toSeconds()));
        put("web/before.csv", "1,a\n");
        message(landing.loadedQueueUrl(), "loaded");
        SharedSandbox.get().observe(new Observer() {
            @Override
            public void before(Call call) {
                if (call.operation().equals("ReceiveMessage") && call.text().contains(landing.queueName())) {
                    firstPoll.complete(Instant.now());
                }
            }
        });
        put("web/meanwhile.csv", "2,a\n"); // ends the polls that nobody has seen
        message(landing.loadedQueueUrl(), "loaded");
        await("a poll that waits").until(firstPoll::isDone);
        try (LogOf log = LogOf.messages("")) {
            pipeline.close();
            assertThat(Instant.now())
                    .as("the end of the stop, before the first poll would have been over")
                    .isBefore(firstPoll.join().plus(POLL));
            assertThat(log.lines("inflight")).isEmpty();
            assertThat(log.lines("polling")).isEmpty();
        }
        put("web/after.csv", "3,a\n");
        launch(pipeline("batchSize", "1"));
        await().atMost(Duration.ofSeconds(60)).until(() -> ids().size() == 3);
    }
}
