package dev.caravan.cli.syncs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ledger.runs.Run;
import dev.caravan.ledger.runs.RunStatus;
import dev.caravan.pipeline.tabletoredshift.run.TableState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunProgressTest {
    private static final Run RUN = new Run(
            "shop",
            "shop-20261130T031000",
            Instant.EPOCH,
            RunStatus.RUNNING,
            "extract",
            "",
            1,
            "",
            Map.of(),
            Instant.EPOCH,
            List.of());

    @Test
    void whatIsBeingReadIsSaidWithItsRowsSoFar() {
        assertThat(RunProgress.of(
                        RUN,
                        List.of(
                                table("shop.a", "read", 10, 0, 0),
                                table("shop.b", "reading", 1_200, 5_000, 300),
                                table("shop.c", "reading", 7, 0, 1),
                                table("shop.d", "reading", 0, 0, 0),
                                table("shop.e", "waiting", 0, 0, 0))))
                .isEqualTo("1 of 5 tables read, 1,217 rows; shop.b: 1,200 rows of about 5,000 rows, 300 rows/s;"
                        + " shop.c: 7 rows, 1 row/s");
    }

    @Test
    void whenAllAreReadTheyAreLoaded() {
        assertThat(RunProgress.of(RUN, List.of(table("shop.a", "read", 10, 0, 0), table("shop.b", "failed", 0, 0, 0))))
                .isEqualTo("1 of 2 tables read, 1 failed, 10 rows, loading");
    }

    private static TableState table(String name, String state, long rows, long expected, long perSecond) {
        return new TableState(name, state, 1, rows, 0, expected, perSecond, "", List.of(), Map.of(), null);
    }
}
