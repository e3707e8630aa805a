package dev.caravan.ledger.camel;

import java.util.concurrent.TimeUnit;
import org.apache.camel.spi.RecoverableAggregationRepository;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/** Camel's settings of a recoverable repository, of which only the interval is left to choose: the ledger does the rest. */
abstract class AlwaysRecovering extends ServiceSupport implements RecoverableAggregationRepository {
    private long recoveryInterval = 2000;

    @Deprecated
    @Override
    public void setRecoveryInterval(long interval, TimeUnit unit) {
        recoveryInterval = unit.toMillis(interval);
    }

    @Override
    public void setRecoveryInterval(long millis) {
        recoveryInterval = millis;
    }

    /** Milliseconds between two looks for batches that want to be taken over. */
    @Override
    public long getRecoveryInterval() {
        return recoveryInterval;
    }

    /** Recovery can't be turned off: a batch whose owner died would never load. */
    @Override
    public void setUseRecovery(boolean useRecovery) {
        if (!useRecovery) {
            throw new IllegalArgumentException(
                    "recovery can't be turned off: a batch whose owner died would never load");
        }
    }

    @Override
    public boolean isUseRecovery() {
        return true;
    }

    @Override
    public void setDeadLetterUri(String deadLetterUri) {
        throw new IllegalArgumentException(
                "a batch has no dead letter: it ends complete or error, and is retried for caravan.load.retry-for");
    }

    @Override
    public @Nullable String getDeadLetterUri() {
        return null;
    }

    @Override
    public void setMaximumRedeliveries(int maximumRedeliveries) {
        throw new IllegalArgumentException("attempts are counted in the ledger; set caravan.load.retry-for");
    }

    @Override
    public int getMaximumRedeliveries() {
        return 0;
    }
}
