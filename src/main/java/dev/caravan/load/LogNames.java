package dev.caravan.load;

import dev.caravan.batch.Batch;
import dev.caravan.batch.ExchangeProperties;
import dev.caravan.batch.LoadSettings;
import dev.caravan.batch.LogContext;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** While a step of a route runs, on whichever thread, log lines say for which batch, feed and cluster. */
public final class LogNames implements InterceptStrategy {

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                Map<String, String> known = names(exchange);
                if (known.isEmpty()) {
                    return super.process(exchange, callback);
                }
                LogContext names = LogContext.of(known);
                try {
                    return super.process(exchange, callback);
                } finally {
                    names.close();
                }
            }
        };
    }

    private static Map<String, String> names(Exchange exchange) {
        Batch batch = Attempt.batchOf(exchange);
        LoadSettings settings = exchange.getProperty(ExchangeProperties.FEED, LoadSettings.class);
        if (batch == null && settings == null) {
            return Map.of();
        }
        Map<String, String> names = new HashMap<>();
        if (batch != null) {
            names.put(LogContext.BATCH, batch.id());
            names.put(LogContext.FEED, batch.feed());
        } else {
            names.put(LogContext.FEED, settings.name());
        }
        if (CopySteps.cluster(exchange) != null) {
            names.put(LogContext.CLUSTER, CopySteps.cluster(exchange));
        }
        return names;
    }
}
