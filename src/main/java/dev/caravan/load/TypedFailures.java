package dev.caravan.load;

import dev.caravan.redshift.failure.LedgerTableLost;
import dev.caravan.redshift.failure.LoadFailure;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * What a step of a load throws, whether it is a driver's, AWS's or our own, becomes the {@link LoadFailure} that says what follows from it, before
 * {@code errors.camel.yaml} chooses by it. That is so in all routes with one of these configurations.
 */
public final class TypedFailures implements InterceptStrategy {
    private static final String COPY = "copy-errors";
    private static final Set<String> CONFIGURATIONS = Set.of("load-errors", COPY, "explain-errors", "search-errors");

    private final Retries retries;
    private final KnownLedgerTables tables;

    public TypedFailures(Retries retries, KnownLedgerTables tables) {
        this.retries = retries;
        this.tables = tables;
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        List<String> wanted = configurations(ProcessorDefinitionHelper.getRoute(definition));
        if (wanted.stream().noneMatch(CONFIGURATIONS::contains)) {
            return target;
        }
        boolean copies = wanted.contains(COPY);
        return new DelegateAsyncProcessor(target) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                return super.process(exchange, doneSync -> {
                    type(exchange, copies);
                    callback.done(doneSync);
                });
            }
        };
    }

    private static List<String> configurations(RouteDefinition route) {
        return Stream.ofNullable(route)
                .flatMap(of -> Stream.ofNullable(of.getRouteConfigurationId()))
                .flatMap(ids -> Arrays.stream(ids.split(",")))
                .map(String::strip)
                .toList();
    }

    private void type(Exchange exchange, boolean copies) {
        Exception thrown = exchange.getException();
        if (thrown == null
                || thrown instanceof LoadFailure
                || thrown instanceof NotYetLoaded
                || Attempt.batchOf(exchange) == null) {
            return;
        }
        exchange.setException(
                copies && tables.lost(thrown, exchange)
                        ? new LedgerTableLost(thrown)
                        : retries.typed(thrown, exchange));
    }
}
