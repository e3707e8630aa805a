package dev.caravan.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.LogOf;
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
            assertThat(log.lines("Ready: "))
                    .hasSize(1)
                    .allMatch(line -> line.startsWith("Ready: receiving from queue "));
        }
    }
}
