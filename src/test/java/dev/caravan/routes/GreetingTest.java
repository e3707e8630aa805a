package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.LogOf;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.Test;

/** What a start says to who watches the log. */
class GreetingTest extends LoadingTest {

    @Test
    void aStartNamesItsVersionFeedsClustersAndQueue_andSaysOnceThatItIsReady() {
        try (LogOf log = LogOf.messages("dev.caravan")) {
            start();
            assertThat(log.lines("Caravan ")).anyMatch(line -> line.contains(" is starting: Camel "));
            assertThat(log.lines("web")).anyMatch(line -> line.matches("\\d+ feeds?: .*\\bweb\\b.*"));
            assertThat(log.lines("1 cluster: ")).containsExactly("1 cluster: redshift");
            await().until(() -> !log.lines("Ready: ").isEmpty());
            assertThat(log.lines("Ready: "))
                    .hasSize(1)
                    .allMatch(line -> line.startsWith("Ready: receiving from queue "));
            assertThat(log.lines("is missing")).isEmpty();
        }
    }

    @Test
    void whenItSaysThatItIsReady_healthSaysSo_andNeitherWaitsForALongPoll() {
        try (LogOf log = LogOf.messages("dev.caravan")) {
            CamelContext context = launch(pipeline().with("caravan.receive-wait-seconds", "20"))
                    .context();
            await().until(() -> !log.lines("Ready: ").isEmpty());
            assertThat(HealthCheckHelper.invokeReadiness(context))
                    .allMatch(result -> result.getState() == HealthCheck.State.UP);
        }
    }

    @Test
    void aStartSaysWhichShippedRouteIsMissing() {
        try (LogOf log = LogOf.messages("dev.caravan")) {
            launch(pipeline().without("park"));
            assertThat(log.lines("is missing"))
                    .containsExactly("route park is missing: bring its file in routes/ back, and restart");
        }
    }
}
