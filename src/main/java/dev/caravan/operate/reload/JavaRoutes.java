package dev.caravan.operate.reload;

import dev.caravan.load.ExplainRoute;
import dev.caravan.load.SearchRoute;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shipped routes that are written in Java, for their control flow is code. A file in {@code routes/} that defines a route of the same id goes before. */
public final class JavaRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(JavaRoutes.class);
    private static final Map<String, Supplier<RouteBuilder>> ALL =
            new TreeMap<>(Map.of("explain", ExplainRoute::new, "search", SearchRoute::new));

    /** Whose failures they look into: where it isn't, nobody calls them. */
    private static final String CALLER = "copy";

    private JavaRoutes() {}

    /** Their ids. */
    public static Set<String> ids() {
        return Set.copyOf(ALL.keySet());
    }

    /** One of them, as it is shipped. */
    public static RouteBuilder of(String id) {
        return Optional.ofNullable(ALL.get(id)).orElseThrow().get();
    }

    /** Adds those that no file defines, when all files are read and no route has started. */
    public static void add(CamelContext context) {
        Model model = Draft.model(context);
        if (model.getRouteDefinition(CALLER) == null) {
            return;
        }
        for (String id : ALL.keySet()) {
            RouteDefinition own = model.getRouteDefinition(id);
            if (own == null) {
                add(context, id);
            } else if (own.getResource() != null) {
                LOG.info(
                        "Route {} is the one of {}, not Caravan's own",
                        id,
                        RouteFiles.name(own.getResource().getLocation()));
            }
        }
    }

    private static void add(CamelContext context, String id) {
        try {
            context.addRoutes(of(id));
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    /** Whether a route is one of them, and no file has taken its place. */
    static boolean isOne(RouteDefinition route) {
        return route.getResource() == null && ALL.containsKey(route.getRouteId());
    }
}
