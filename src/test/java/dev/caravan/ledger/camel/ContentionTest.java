package dev.caravan.ledger.camel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.batch.Batch;
import org.junit.jupiter.api.Test;

class ContentionTest {
    private final Contention contention = new Contention("host#1");

    @Test
    void aClashNowAndThenIsNoReasonForABatchOfItsOwn() {
        for (int i = 0; i < 1000; i++) {
            contention.clashed();
            for (int written = 0; written < 4; written++) {
                contention.written();
            }
        }
        assertThat(contention.shard()).isEqualTo(Batch.SHARED);
    }

    @Test
    void whoClashesAtEveryOtherWriteGetsABatchOfItsOwn_inAFewWrites() {
        for (int i = 0; i < 4; i++) {
            contention.clashed();
            contention.written();
        }
        assertThat(contention.shard()).isEqualTo("host-1");
    }

    @Test
    void whoseOwnBatchIsChangedByOthersGoesBackToTheSharedOne_andStaysThere() {
        contend();
        contention.clashed();
        assertThat(contention.shard()).isEqualTo(Batch.SHARED);
        contention.clashed();
        assertThat(contention.shard()).isEqualTo(Batch.SHARED);
    }

    @Test
    void whoseOwnBatchWasOverdueGoesBackToTheSharedOne() {
        contend();
        contention.overdue();
        assertThat(contention.shard()).isEqualTo(Batch.SHARED);
    }

    private void contend() {
        for (int i = 0; i < 3; i++) {
            contention.clashed();
        }
        assertThat(contention.shard()).isEqualTo("host-1");
    }
}
