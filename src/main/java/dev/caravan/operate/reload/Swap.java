package dev.caravan.operate.reload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts drafts in the place of what runs; if Camel can't create or start what they say, what ran is put back as it was. */
final class Swap {
    private static final Logger LOG = LoggerFactory.getLogger(Swap.class);

    private final CamelContext context;
    private final Model model;
    private final Set<String> ids = new LinkedHashSet<>();
    private final List<RouteDefinition> routes = new ArrayList<>();
    private final List<RouteConfigurationDefinition> configurations = new ArrayList<>();
    private final Set<String> configurationIds = new LinkedHashSet<>();
    private final Map<String, Optional<Object>> beans = new LinkedHashMap<>();
    private final Set<String> inJava;

    /**
     * Remembers what runs now under the names that the drafts have.
     *
     * @param inJava the ids of {@link JavaRoutes} that are to be made anew as well
     */
    Swap(CamelContext context, List<Draft> drafts, Set<String> inJava) {
        this.context = context;
        this.inJava = inJava;
        this.model = Draft.model(context);
        for (Draft draft : drafts) {
            draft.routes().forEach(route -> ids.add(route.getRouteId()));
            configurationIds.addAll(draft.configurationIds());
            draft.beans()
                    .forEach(name -> beans.put(
                            name, Optional.ofNullable(context.getRegistry().lookupByName(name))));
        }
        ids.addAll(inJava);
        ids.stream()
                .map(model::getRouteDefinition)
                .flatMap(route -> Optional.ofNullable(route).stream())
                .forEach(routes::add);
        model.getRouteConfigurationDefinitions().stream()
                .filter(this::isReplaced)
                .forEach(configurations::add);
    }

    /** @throws Exception as Camel has it, if the drafts can't run; what ran before runs again then */
    void take(List<Resource> texts) throws Exception {
        try {
            PluginHelper.getRoutesLoader(context).updateRoutes(texts);
            for (String id : inJava) {
                context.addRoutes(JavaRoutes.of(id));
            }
            for (String id : ids) {
                mustRun(id);
            }
        } catch (Exception e) {
            putBack();
            throw e;
        }
    }

    private void mustRun(String id) {
        Route route = context.getRoute(id);
        ServiceStatus status = context.getRouteController().getRouteStatus(id);
        if (route != null && route.isAutoStartup() && status != ServiceStatus.Started) {
            throw new IllegalStateException("route " + id + " doesn't start: it is " + status);
        }
    }

    private void putBack() {
        for (String id : ids) {
            quietly("remove", id, () -> remove(id));
        }
        for (RouteConfigurationDefinition left : model.getRouteConfigurationDefinitions().stream()
                .filter(this::isReplaced)
                .toList()) {
            model.getRouteConfigurationDefinitions().remove(left);
        }
        model.addRouteConfigurations(configurations);
        beans.forEach((name, bean) -> {
            context.getRegistry().unbind(name);
            bean.ifPresent(was -> context.getRegistry().bind(name, was));
        });
        for (RouteDefinition route : routes) {
            quietly("put back", route.getRouteId(), () -> model.addRouteDefinition(route));
        }
    }

    private boolean isReplaced(RouteConfigurationDefinition configuration) {
        return configuration.getId() != null && configurationIds.contains(configuration.getId());
    }

    private void remove(String id) throws Exception {
        RouteDefinition left = model.getRouteDefinition(id);
        if (left != null) {
            model.removeRouteDefinition(left);
        }
        if (context.getRoute(id) != null) {
            context.getRouteController().stopRoute(id);
            context.removeRoute(id);
        }
    }

    private static void quietly(String what, String id, Change change) {
        try {
            change.make();
        } catch (Exception e) {
            LOG.error("Can't {} route {}: {}. Restart Caravan", what, id, e.getMessage());
        }
    }

    @FunctionalInterface
    private interface Change {
        void make() throws Exception;
    }
}
