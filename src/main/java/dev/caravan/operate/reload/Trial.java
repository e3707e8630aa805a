package dev.caravan.operate.reload;

import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.util.ObjectHelper;

/** Creates routes as they would be with the route configurations that there would be, and starts none: what runs isn't touched. */
final class Trial {
    private final CamelContext running;
    private final List<Resource> texts;
    private final Set<String> inJava;
    private List<RouteDefinition> routes = List.of();

    /**
     * Of these.
     *
     * @param texts all that is read for it, route configurations among it
     * @param inJava the ids of {@link JavaRoutes} among them
     */
    Trial(CamelContext running, List<Resource> texts, Set<String> inJava) {
        this.inJava = inJava;
        this.running = running;
        this.texts = texts;
    }

    /** As Camel has read them, with what their route configurations give them. */
    List<RouteDefinition> routes() {
        return routes;
    }

    /** @throws Exception as Camel has it, if one of these routes can't be created */
    void create(Set<String> ids) throws Exception {
        try (Apart apart = new Apart(running)) {
            PluginHelper.getRoutesLoader(apart).loadRoutes(texts.toArray(Resource[]::new));
            for (String id : inJava) {
                apart.addRoutes(JavaRoutes.of(id));
            }
            routes = apart.getRouteDefinitions().stream()
                    .filter(route -> ids.contains(route.getRouteId()))
                    .toList();
            for (RouteDefinition route : routes) {
                create(apart, route);
            }
        }
    }

    private void create(ModelCamelContext apart, RouteDefinition route) throws Exception {
        try {
            apart.getModelReifierFactory().createRoute(apart, route);
        } catch (Exception e) {
            NoSuchBeanException missing = ObjectHelper.getException(NoSuchBeanException.class, e);
            // What runs doesn't know a new bean yet, so that an endpoint that names it can't be made before.
            if (missing == null || missing.getName() == null || !isNew(apart, missing.getName())) {
                throw e;
            }
        }
    }

    private boolean isNew(CamelContext apart, String bean) {
        return running.getRegistry().lookupByName(bean) == null
                && apart.getRegistry().lookupByName(bean) != null;
    }
}
