package dev.caravan.startup;

import dev.caravan.health.OutOfMemory;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.FailureEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Camel catches whatever a step throws: a process that has run out of memory in a route ends here. */
final class MemoryWatch extends EventNotifierSupport {
    MemoryWatch() {
        setIgnoreExchangeCreatedEvent(true);
        setIgnoreExchangeCompletedEvent(true);
        setIgnoreExchangeSendingEvents(true);
        setIgnoreExchangeSentEvents(true);
        setIgnoreExchangeRedeliveryEvents(true);
        setIgnoreStepEvents(true);
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof FailureEvent;
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof FailureEvent failure) {
            OutOfMemory.endIf(failure.getCause());
        }
    }
}
