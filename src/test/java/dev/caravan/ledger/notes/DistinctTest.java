package dev.caravan.ledger.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Counting different texts in little memory. */
class DistinctTest {

    @Test
    void fewAreCountedExactly_howeverOftenEachCame() {
        Distinct distinct = of(0, 499);
        distinct.addAll(of(100, 300));
        assertThat(distinct.isExact()).isTrue();
        assertThat(distinct.count()).isEqualTo(499);
        assertThat(new Distinct().count()).isZero();
    }

    @Test
    void manyAreCountedRoughly_inNoMoreMemory_andNoTextTwice() {
        Distinct distinct = of(0, 60_000);
        distinct.addAll(Distinct.of(of(40_000, 100_000).bytes()));
        assertThat(distinct.isExact()).isFalse();
        assertThat(distinct.count()).isCloseTo(100_000, withinPercentage(15));
        assertThat(distinct.bytes()).hasSize(Distinct.KEPT * Long.BYTES);
        long before = distinct.count();
        distinct.addAll(of(0, 100_000));
        assertThat(distinct.count()).isEqualTo(before);
    }

    private static Distinct of(int from, int to) {
        Distinct distinct = new Distinct();
        IntStream.range(from, to).forEach(i -> distinct.add("landing/" + i));
        return distinct;
    }
}
