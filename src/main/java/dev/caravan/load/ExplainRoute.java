package dev.caravan.load;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.LoopDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;

/**
 * Before a load is called failed, the cluster is asked whether it holds the batch after all. If objects were overwritten before they could be loaded, S3
 * says which: the batch goes on without them. If it refused files, the first that says which decides: the cluster's message; S3, when an object was
 * missing; or its load-error views, which have file, line, column, value and reason. STL_LOAD_ERRORS isn't there on Serverless; SYS_LOAD_ERROR_DETAIL may
 * lag. If nobody says it, route {@code search} finds out.
 */
public final class ExplainRoute extends RouteBuilder {
    private static final String CLUSTER = "jdbc:${exchangeProperty.cluster}";
    private static final int LAG_MILLIS = 1_500;

    @Override
    public void configure() {
        RouteDefinition explain = from("direct:explain")
                .routeId("explain")
                .routeGroup("s3-to-redshift")
                .routeDescription(
                        "Asks a cluster that refused a batch whether it holds it after all, and which files or rows it could not read.")
                .routeConfigurationId("explain-errors");
        explain.getInput().setId("refused-batches");

        when(explain, "skippedSteps", "isAsked", "may-have-skipped")
                .to("direct:skipped")
                .id("to-skipped");
        explain.bean("copySteps", "rows").id("is-it-loaded");
        explain.toD(CLUSTER).id("run-is-it-loaded");
        explain.bean("explainSteps", "ask").id("ask");

        when(explain, "overwriteSteps", "mayBe", "maybe-overwritten")
                .bean("overwriteSteps", "leaveOut")
                .id("leave-out");
        explain.bean("explainSteps", "named").id("named");
        when(explain, "explainSteps", "isMissing", "is-missing")
                .bean("explainSteps", "missing")
                .id("missing");

        ProcessorDefinition<?> unexplained = when(explain, "explainSteps", "isUnexplained", "is-unexplained");
        unexplained.bean("explainSteps", "stlErrors").id("stl-errors");
        unexplained.toD(CLUSTER).id("run-stl-errors");
        unexplained.bean("explainSteps", "refused").id("refused-by-stl");

        LoopDefinition untilExplained = explain.loopDoWhile(method("explainSteps", "asksAgain"));
        untilExplained.id("until-explained");
        untilExplained.bean("explainSteps", "sysErrors").id("sys-errors");
        untilExplained.toD(CLUSTER).id("run-sys-errors");
        untilExplained.bean("explainSteps", "refused").id("refused-by-sys");
        when(untilExplained, "explainSteps", "isLate", "is-late")
                .delay(constant(LAG_MILLIS))
                .id("wait-for-errors");
    }

    /** What follows is done if a step says so. */
    private ProcessorDefinition<?> when(ProcessorDefinition<?> route, String bean, String question, String id) {
        return route.filter(method(bean, question)).id(id);
    }
}
