package dev.caravan.redshift.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.MutableClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a load may take, and when it counts as hanging. */
class LongLoadsTest {
    private final MutableClock clock = new MutableClock(Instant.EPOCH);
    private final LongLoads loads = new LongLoads(Duration.ofHours(4), clock);

    @Test
    void aLoadThatItsConnectionDoesNotEndHangs_andNoOtherBatchs() {
        loads.begins("web-1", "east");
        clock.advance(Duration.ofHours(4).plusMinutes(2));
        assertThat(loads.hanging("web-1")).isEmpty();
        loads.begins("web-2", "east");
        clock.advance(Duration.ofMinutes(1));
        assertThat(loads.hanging("web-1"))
                .contains("stage copy into cluster east took 4 h 3 min, longer than caravan.load.at-most (4 h), and its"
                        + " connection's own bounds did not end it");
        assertThat(loads.hanging("web-2")).isEmpty();
        loads.ends("web-1", "east");
        assertThat(loads.hanging("web-1")).isEmpty();
    }

    @Test
    void whatKeptToItsBoundIsNotTooLong() {
        assertThat(loads.tooLong(Duration.ofHours(4).minusMillis(1), "east")).isEmpty();
        assertThat(loads.tooLong(Duration.ofHours(4), "east")).isPresent();
    }
}
