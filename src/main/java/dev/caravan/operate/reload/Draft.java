package dev.caravan.operate.reload;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.BeanFactoryDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/**
 * A file of routes as it would be taken: read by Camel in a context of its own, so that nothing that runs has changed when it can't be read.
 *
 * @param file its name
 * @param routes what it defines, as Camel has read it
 * @param beans the names of its beans
 * @param configurations its route configurations
 */
record Draft(
        String file,
        List<RouteDefinition> routes,
        Set<String> beans,
        List<RouteConfigurationDefinition> configurations) {

    /** @throws Exception as Camel has it, if the file can't be read */
    static Draft of(CamelContext context, Resource text) throws Exception {
        try (Apart apart = new Apart(context)) {
            PluginHelper.getRoutesLoader(apart).loadRoutes(text);
            Model model = model(apart);
            return new Draft(
                    RouteFiles.name(text.getLocation()),
                    List.copyOf(model.getRouteDefinitions()),
                    model.getCustomBeans().stream()
                            .map(BeanFactoryDefinition::getName)
                            .collect(Collectors.toCollection(LinkedHashSet::new)),
                    List.copyOf(model.getRouteConfigurationDefinitions()));
        }
    }

    static Model model(CamelContext context) {
        return context.getCamelContextExtension().getContextPlugin(Model.class);
    }

    /** Whether there is nothing in it. */
    boolean isEmpty() {
        return routes.isEmpty() && beans.isEmpty() && configurations.isEmpty();
    }

    /**
     * What Camel would take, but nobody can have meant.
     *
     * @param files the names of those that are there
     * @param before the ids of the configurations that the file in force defines
     */
    List<String> faults(CamelContext context, Set<String> files, Set<String> before) {
        List<String> faults = new ArrayList<>();
        RouteRules rules = new RouteRules(context, known(context, before), beans);
        Set<String> ids = new LinkedHashSet<>();
        for (RouteDefinition route : routes) {
            String place = file + ", line " + route.getInput().getLineNumber() + ": ";
            if (!route.hasCustomIdAssigned()) {
                faults.add(
                        place + "the route has no id: give it one, by which it is found when the file changes again");
                continue;
            }
            String id = route.getRouteId();
            if (!ids.add(id)) {
                faults.add(place + "a second route " + id + ": give each an id of its own");
            }
            elsewhere(context, id)
                    .filter(files::contains)
                    .ifPresent(other -> faults.add(place + "route " + id + " is defined in " + other
                            + " already: give this one another id, or change it there"));
            rules.of(route).ifPresent(faults::add);
        }
        configurations.forEach(configuration -> faults.addAll(rules.of(configuration)));
        model(context).getRouteDefinitions().stream()
                .filter(route -> !ids.contains(route.getRouteId()))
                .forEach(route -> rules.of(route).ifPresent(faults::add));
        return faults;
    }

    private Optional<String> elsewhere(CamelContext context, String id) {
        return Optional.ofNullable(model(context).getRouteDefinition(id))
                .flatMap(route -> Optional.ofNullable(route.getResource()))
                .map(resource -> RouteFiles.name(resource.getLocation()))
                .filter(other -> !other.equals(file));
    }

    /** The ids of its configurations. */
    Set<String> configurationIds() {
        return configurations.stream()
                .flatMap(configuration -> Optional.ofNullable(configuration.getId()).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The configurations that there would be. */
    private List<RouteConfigurationDefinition> known(CamelContext context, Set<String> before) {
        List<RouteConfigurationDefinition> known = new ArrayList<>(configurations);
        model(context).getRouteConfigurationDefinitions().stream()
                .filter(other -> !before.contains(other.getId()))
                .forEach(known::add);
        return known;
    }
}
