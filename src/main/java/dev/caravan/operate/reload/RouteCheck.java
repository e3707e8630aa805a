package dev.caravan.operate.reload;

import dev.caravan.base.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.util.ObjectHelper;

/** Everything that is wrong with the files of routes when Caravan starts, each with its file and line; Camel stops at the first. */
public final class RouteCheck {
    /** Placeholders without a value are told where they stand. */
    private static final String NO_VALUE = "Property with key [";

    private final CamelContext context;
    private final boolean complete;

    /** @param complete whether all files were read, so that what is missing is missing */
    public RouteCheck(CamelContext context, boolean complete) {
        this.context = context;
        this.complete = complete;
    }

    /**
     * Why Camel can't read a file; without words if that is told already.
     *
     * @param checked whether faults of its beans and placeholders are told
     */
    public static Optional<String> unreadable(CamelContext context, Resource file, boolean checked) {
        try {
            var unused = Draft.of(context, file);
            return Optional.empty();
        } catch (Exception e) {
            Optional<String> words = RouteProblem.inWords(context, List.of(), e);
            return words.isPresent() || checked
                    ? Optional.of(words.orElse(""))
                    : Optional.of(RouteFiles.name(file.getLocation()) + ": " + RouteProblem.reason(context, e));
        }
    }

    /** Of all routes and route configurations that Camel has read; the beans that they name have to be there. */
    public List<String> faults() {
        Model model = Draft.model(context);
        RouteRules rules = new RouteRules(context, model.getRouteConfigurationDefinitions(), Set.of());
        Stream<String> routes = complete
                ? model.getRouteDefinitions().stream().flatMap(route -> rules.of(route).stream())
                : Stream.empty();
        Stream<String> configurations =
                model.getRouteConfigurationDefinitions().stream().flatMap(each -> rules.of(each).stream());
        return Stream.of(routes, configurations, created(model).stream())
                .flatMap(all -> all)
                .distinct()
                .toList();
    }

    /** What is wrong with a step of a route configuration is said for the first of its routes. */
    private List<String> created(Model model) {
        Map<String, String> faults = new LinkedHashMap<>();
        try (Apart apart = new Apart(context)) {
            for (RouteDefinition route : model.getRouteDefinitions()) {
                try {
                    apart.getModelReifierFactory().createRoute(apart, route);
                } catch (Exception e) {
                    if (!isToldElsewhere(e)) {
                        String words = RouteProblem.inWords(context, List.of(route), e)
                                .orElseGet(() -> RouteProblem.place(List.of(route), route.getRouteId(), "")
                                        + RouteProblem.reason(context, e));
                        faults.putIfAbsent(words.replace(": route " + route.getRouteId() + ": ", ": "), words);
                    }
                }
            }
        }
        return List.copyOf(faults.values());
    }

    /** Whether a placeholder has no value. */
    public static boolean namesNothing(Exception e) {
        for (Throwable t : ObjectHelper.createExceptionIterable(e)) {
            if (String.valueOf(t.getMessage()).contains(NO_VALUE)) {
                return true;
            }
        }
        return false;
    }

    private boolean isToldElsewhere(Exception e) {
        if (namesNothing(e)) {
            return true;
        }
        NoSuchBeanException bean = ObjectHelper.getException(NoSuchBeanException.class, e);
        return !complete
                && bean != null
                && Nearest.hint(
                                String.valueOf(bean.getName()),
                                context.getRegistry()
                                        .findByTypeWithName(Object.class)
                                        .keySet())
                        .isEmpty();
    }
}
