package dev.caravan.ledger.camel;

import org.apache.camel.CamelContext;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.processor.aggregate.OptimisticLockRetryPolicy;

/**
 * Has an aggregator on the ledger look again at once when a batch has changed meanwhile, unless its route says otherwise: the repository answers when it is worth
 * it. It isn't said in the route because Hawtio would draw that as a step, with a name that nobody gave.
 */
public final class RetriesAtOnce extends ModelLifecycleStrategySupport {
    /** Before routes are loaded. */
    public static void prepare(CamelContext context) {
        context.getCamelContextExtension().getContextPlugin(Model.class).addModelLifecycleStrategy(new RetriesAtOnce());
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        for (AggregateDefinition aggregate :
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), AggregateDefinition.class)) {
            if (aggregate.getOptimisticLockRetryPolicyDefinition() == null
                    && aggregate.getOptimisticLockRetryPolicy() == null) {
                OptimisticLockRetryPolicy atOnce = new OptimisticLockRetryPolicy();
                atOnce.setRetryDelay(0);
                aggregate.optimisticLockRetryPolicy(atOnce);
            }
        }
    }
}
