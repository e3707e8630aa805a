package dev.caravan.operate.reload;

import dev.caravan.base.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.OnWhenDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.language.MethodCallExpression;
import org.apache.camel.support.PatternHelper;

/** What Camel takes without a word, and stumbles over when an error has to be handled. */
final class RouteRules {
    private final CamelContext context;
    private final List<RouteConfigurationDefinition> configurations;
    private final Set<String> beans;

    /**
     * @param configurations all that routes may ask for
     * @param beans names that will be there, beside those that are
     */
    RouteRules(CamelContext context, List<RouteConfigurationDefinition> configurations, Set<String> beans) {
        this.context = context;
        this.configurations = configurations;
        this.beans = beans;
    }

    /** The ids of the configurations that a route asks for. */
    static List<String> wanted(RouteDefinition route) {
        return Optional.ofNullable(route.getRouteConfigurationId()).stream()
                .flatMap(ids -> Arrays.stream(ids.split(",")))
                .map(String::trim)
                .filter(id -> !id.isEmpty() && !id.contains("{{"))
                .toList();
    }

    /** A configuration that isn't there: nobody would handle the route's errors. */
    Optional<String> of(RouteDefinition route) {
        Set<String> known = new LinkedHashSet<>();
        configurations.forEach(
                configuration -> Optional.ofNullable(configuration.getId()).ifPresent(known::add));
        return wanted(route).stream()
                .filter(id -> known.stream().noneMatch(there -> PatternHelper.matchPattern(there, id)))
                .findFirst()
                .map(id -> place(route) + "route " + route.getRouteId() + " asks for route configuration '" + id
                        + "', and there is none: " + Nearest.hint(id, known).orElseGet(() -> whatToAdd(route, id)));
    }

    /** A file of an older version, kept beside newer ones, lacks what they ask for. */
    private static String whatToAdd(RouteDefinition route, String id) {
        return ShippedRoutes.IDS.contains(route.getRouteId())
                ? "add '" + id
                        + "' to errors.camel.yaml, as it stands in the one that comes with this version of Caravan"
                : "add it, with what handles the route's errors, or take routeConfigurationId away";
    }

    /** Beans and methods that Camel looks for when an exception comes. */
    List<String> of(RouteConfigurationDefinition configuration) {
        List<String> faults = new ArrayList<>();
        for (OnExceptionDefinition handler : configuration.getOnExceptions()) {
            String place = Optional.ofNullable(handler.getLocation())
                            .map(RouteFiles::name)
                            .orElse("routes/") + ", line " + (handler.getLineNumber() + RouteProblem.COUNTED_FROM_0)
                    + ": route configuration "
                    + configuration.getId() + ": ";
            Optional.ofNullable(handler.getRedeliveryPolicyRef())
                    .flatMap(this::noBean)
                    .ifPresent(fault -> faults.add(place + fault));
            Optional.ofNullable(handler.getOnWhen())
                    .map(OnWhenDefinition::getExpression)
                    .filter(MethodCallExpression.class::isInstance)
                    .map(MethodCallExpression.class::cast)
                    .flatMap(this::noMethod)
                    .ifPresent(fault -> faults.add(place + fault));
        }
        return faults;
    }

    private static String place(RouteDefinition route) {
        return route.getResource() == null
                ? ""
                : RouteFiles.name(route.getResource().getLocation()) + ", line "
                        + route.getInput().getLineNumber() + ": ";
    }

    private Optional<String> noBean(String name) {
        return name.contains("{{")
                        || beans.contains(name)
                        || context.getRegistry().lookupByName(name) != null
                ? Optional.empty()
                : Optional.of(RouteProblem.noBean(context, name));
    }

    private Optional<String> noMethod(MethodCallExpression call) {
        String name = Optional.ofNullable(call.getRef()).orElse("");
        String method = Optional.ofNullable(call.getMethod()).orElse("");
        if (name.isEmpty() || noBean(name).isPresent() || !method.matches("\\w+")) {
            return Optional.of(name).filter(ref -> !ref.isEmpty()).flatMap(this::noBean);
        }
        Object bean = context.getRegistry().lookupByName(name);
        return bean == null || RouteProblem.methods(bean).contains(method)
                ? Optional.empty()
                : Optional.of(RouteProblem.noMethod(bean, method));
    }

    static String hint(String written, Collection<String> names) {
        return Nearest.hint(written, names).map(hint -> ": " + hint).orElse("");
    }
}
