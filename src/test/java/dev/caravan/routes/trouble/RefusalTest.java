package dev.caravan.routes.trouble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.caravan.LogOf;
import dev.caravan.routes.LoadingTest;
import dev.caravan.routes.Pipeline;
import dev.caravan.sandbox.SharedSandbox;
import java.time.Duration;
import java.util.List;
import org.apache.camel.ServiceStatus;
import org.apache.camel.support.service.ServiceHelper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What AWS refuses to whoever asks is an outage: good events wait, and a person is told what to mend. */
class RefusalTest extends LoadingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(strings = {"dynamodb denied forever", "dynamodb denied match=TransactWriteItems forever"})
    void whileTheLedgerRefusesNothingIsReceived_andNoGoodEventIsParked(String refusal) {
        Pipeline pipeline = start("batchSize", "1");
        put("web/0.csv", "0,x\n");
        await().atMost(PATIENCE).until(() -> ids().equals(List.of("0")));
        try (LogOf log = LogOf.messages("dev.caravan")) {
            SharedSandbox.get().awsFaults().add(refusal);
            put("web/1.csv", "1,x\n");
            await().atMost(PATIENCE).until(() -> isSuspended(pipeline));
            put("web/2.csv", "2,x\n");
            // Two looks at the ledger: who is let in by one that only reads would use up receives.
            await().during(Duration.ofSeconds(12)).atMost(PATIENCE).until(() -> isSuspended(pipeline));
            assertThat(log.lines("Trouble with the ledger"))
                    .singleElement()
                    .asString()
                    .contains("does not let Caravan", "AccessDenied", "caravan setup --policies");
            assertThat(log.lines("trouble with the ledger is over")).isEmpty();
            SharedSandbox.get().awsFaults().clear();
            await().atMost(PATIENCE).until(() -> ids().equals(List.of("0", "1", "2")));
            assertThat(parked()).isEmpty();
            await().atMost(PATIENCE)
                    .until(() -> log.lines("trouble with the ledger is over").size() == 1);
        }
    }

    private static boolean isSuspended(Pipeline pipeline) {
        return ServiceHelper.isSuspended(pipeline.context().getRoute("receive").getConsumer())
                || pipeline.context().getRouteController().getRouteStatus("receive") == ServiceStatus.Suspended;
    }
}
