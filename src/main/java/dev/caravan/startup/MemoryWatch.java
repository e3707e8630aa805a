package dev.caravan.startup;

import dev.caravan.base.OutOfMemory;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Camel's thread pools swallow errors: a process that has run out of memory in a route's step ends here. */
final class MemoryWatch implements InterceptStrategy {
    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                try {
                    return super.process(exchange, callback);
                } catch (OutOfMemoryError e) {
                    OutOfMemory.endIf(e);
                    throw e;
                }
            }
        };
    }
}
