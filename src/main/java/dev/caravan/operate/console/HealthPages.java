package dev.caravan.operate.console;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.util.ObjectHelper;

/**
 * Health as Camel's management server tells it, in the same words, at the same addresses and with the same parameters ({@code exposureLevel}, {@code data}).
 * Camel 4.17 escapes the texts, and then writes them as JSON, which escapes them again: a person reads {@code \"} and {@code \/}.
 */
final class HealthPages {
    private static final int UNREADY = 503;

    private final CamelContext context;

    private HealthPages(CamelContext context) {
        this.context = context;
    }

    /** Before Camel's own. Checks may take a while: they don't keep the server's other requests waiting. */
    static void mount(Router router, CamelContext context, String path) {
        HealthPages pages = new HealthPages(context);
        router.get(path)
                .order(-1)
                .blockingHandler(request ->
                        pages.answer(request, HealthCheckHelper.invoke(context, pages.level(request)), false));
        router.get(path + "/live")
                .order(-1)
                .blockingHandler(request ->
                        pages.answer(request, HealthCheckHelper.invokeLiveness(context, pages.level(request)), false));
        router.get(path + "/ready")
                .order(-1)
                .blockingHandler(request ->
                        pages.answer(request, HealthCheckHelper.invokeReadiness(context, pages.level(request)), true));
    }

    private String level(RoutingContext request) {
        String wanted = request.request().getParam("exposureLevel");
        return wanted == null ? HealthCheckRegistry.get(context).getExposureLevel() : wanted;
    }

    private void answer(RoutingContext request, Collection<HealthCheck.Result> results, boolean isReadiness) {
        String level = level(request);
        boolean up = HealthCheckHelper.isResultsUp(results, isReadiness);
        JsonObject root = new JsonObject().put("status", up ? "UP" : "DOWN");
        List<JsonObject> checks = results.stream()
                .filter(result -> level.equals("full") || result.getState() == HealthCheck.State.DOWN)
                .map(result -> check(
                        result,
                        level.equals("full"),
                        "true".equals(request.request().getParam("data"))))
                .toList();
        if (!level.equals("oneline") && !checks.isEmpty()) {
            root.put("checks", new JsonArray(new ArrayList<>(checks)));
        }
        request.response()
                .setStatusCode(up ? 200 : UNREADY)
                .putHeader("Content-Type", "application/json")
                .end(root.encode());
    }

    private static JsonObject check(HealthCheck.Result result, boolean withError, boolean withData) {
        JsonObject check = new JsonObject()
                .put("name", result.getCheck().getId())
                .put("status", result.getState().name());
        result.getError().filter(error -> withError).ifPresent(error -> check.put("error-message", causes(error)));
        result.getMessage().ifPresent(message -> check.put("message", message));
        Map<String, Object> details = new TreeMap<>(result.getDetails());
        if (withData && !details.isEmpty()) {
            JsonObject data = new JsonObject();
            details.forEach((name, value) ->
                    data.put(name, value instanceof Number || value instanceof Boolean ? value : value.toString()));
            check.put("data", data);
        }
        return check;
    }

    private static String causes(Throwable error) {
        StringBuilder causes = new StringBuilder(String.valueOf(error.getMessage()));
        for (Throwable cause : ObjectHelper.createExceptionIterable(error)) {
            if (cause != error && cause.getMessage() != null) {
                causes.append("; Caused by: ")
                        .append(cause.getClass().getCanonicalName())
                        .append(": ")
                        .append(cause.getMessage());
            }
        }
        return causes.toString();
    }
}
