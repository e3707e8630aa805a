package dev.caravan.operate.reload;

import dev.caravan.base.Shown;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.LineNumberAware;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.util.StringHelper;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** What is wrong with a route's file, in one line for a person: file, line, what stands there, what to do. */
public final class RouteProblem {
    private static final Pattern STEP = Pattern.compile(" at: >>> (.*?) <<< in route: ", Pattern.DOTALL);

    private static final Pattern UNKNOWN = Pattern.compile("Unknown parameters=\\[\\{(.*)}]", Pattern.DOTALL);
    private static final Pattern NO_VARIABLE =
            Pattern.compile("Property with key \\[env:([^]]+)] using function \\[env]");
    private static final Pattern PREFIX =
            Pattern.compile("^Failed to (create|start) route:? .{0,300}? because: ", Pattern.DOTALL);

    /** Camel's YAML counts the lines of steps and handlers from 0, those of a route's beginning from 1. */
    static final int COUNTED_FROM_0 = 1;

    private RouteProblem() {}

    /** Of routes that Camel knows; empty if it isn't a route's file that is wrong. */
    public static Optional<String> inWords(CamelContext context, Throwable thrown) {
        return inWords(context, Draft.model(context).getRouteDefinitions(), thrown);
    }

    static Optional<String> inWords(CamelContext context, List<RouteDefinition> routes, Throwable thrown) {
        List<Throwable> chain = chain(thrown);
        for (Throwable t : chain) {
            if (t instanceof MarkedYamlEngineException yaml
                    && yaml.getProblemMark().isPresent()) {
                return Optional.of(yaml(yaml, yaml.getProblemMark().get()));
            }
        }
        for (Throwable t : chain) {
            if (t instanceof FailedToCreateRouteException created && created.getRouteId() != null) {
                return Optional.of(place(routes, created.getRouteId(), step(created)) + reason(context, chain));
            }
            if (t instanceof FailedToStartRouteException started) {
                return Optional.of(place(routes, started.getRouteId(), "") + reason(context, chain));
            }
        }
        return Optional.empty();
    }

    /** Of anything else. */
    static String reason(CamelContext context, Throwable thrown) {
        return reason(context, chain(thrown));
    }

    private static List<Throwable> chain(Throwable thrown) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable t = thrown; t != null && !chain.contains(t); t = t.getCause()) {
            chain.add(t);
        }
        return chain;
    }

    private static String yaml(MarkedYamlEngineException yaml, Mark mark) {
        String context =
                yaml.getContext() == null ? "" : ", " + yaml.getContext().trim();
        return RouteFiles.name(mark.getName()) + ", line " + (mark.getLine() + 1) + ": "
                + one(String.valueOf(yaml.getProblem()) + context);
    }

    private static String step(FailedToCreateRouteException created) {
        Matcher step = STEP.matcher(String.valueOf(created.getMessage()));
        return step.find() ? step.group(1) : "";
    }

    /** The line of the step if Camel names one, else the route's. */
    static String place(List<RouteDefinition> routes, String id, String step) {
        for (RouteDefinition route : routes) {
            if (id.equals(route.getRouteId()) && route.getInput() != null && route.getResource() != null) {
                Optional<LineNumberAware> at =
                        ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), LineNumberAware.class)
                                .stream()
                                .filter(output -> output.toString().equals(step) && output.getLineNumber() > 0)
                                .findFirst();
                int line = at.map(output -> output.getLineNumber() + COUNTED_FROM_0)
                        .orElse(route.getInput().getLineNumber());
                String own = RouteFiles.name(route.getResource().getLocation());
                // A step of a route configuration stands in the configuration's file.
                String file = at.map(LineNumberAware::getLocation)
                        .map(RouteFiles::name)
                        .orElse(own);
                return file + ", line " + line + ": route " + id + ": ";
            }
        }
        return "route " + id + ": ";
    }

    private static String reason(CamelContext context, List<Throwable> chain) {
        for (Throwable t : chain) {
            if (t instanceof NoSuchBeanException bean && bean.getName() != null) {
                return noBean(context, bean.getName());
            }
            if (t instanceof NoSuchEndpointException endpoint && endpoint.getUri() != null) {
                String component = StringHelper.before(endpoint.getUri(), ":", endpoint.getUri());
                return "no component is named '" + component + "'"
                        + RouteRules.hint(component, context.getComponentNames());
            }
            if (t instanceof ResolveEndpointFailedException endpoint && endpoint.getUri() != null) {
                return endpoint(endpoint);
            }
            if (t instanceof MethodNotFoundException method && method.getBean() != null) {
                return noMethod(method.getBean(), method.getMethodName());
            }
        }
        Throwable innermost = chain.get(chain.size() - 1);
        String words = innermost.getMessage() == null ? "" : innermost.getMessage();
        Matcher variable = NO_VARIABLE.matcher(words);
        if (variable.find()) {
            return noVariable(variable.group(1));
        }
        String reason = one(PREFIX.matcher(words).replaceFirst(""));
        return reason.isEmpty() ? innermost.getClass().getSimpleName() : reason;
    }

    /** Without the values of its parameters: some are nobody's business. */
    private static String endpoint(ResolveEndpointFailedException endpoint) {
        String scheme = StringHelper.before(endpoint.getUri(), ":", endpoint.getUri());
        String why = StringHelper.after(String.valueOf(endpoint.getMessage()), " due to: ", "it can't be made");
        Matcher variable = NO_VARIABLE.matcher(why);
        if (variable.find()) {
            return noVariable(variable.group(1));
        }
        Matcher unknown = UNKNOWN.matcher(why);
        if (!unknown.find()) {
            return "endpoint " + scheme + ": " + one(why);
        }
        String names = Arrays.stream(unknown.group(1).split(", "))
                .map(parameter -> "'" + StringHelper.before(parameter, "=", parameter) + "'")
                .collect(Collectors.joining(", "));
        return "an endpoint of component " + scheme + " has no parameter " + names;
    }

    /** What is wrong with a placeholder <code>{{env:name}}</code> for which there is neither a variable nor a default. */
    public static String noVariable(String name) {
        return "{{env:" + name + "}}: there is no environment variable " + name
                + ": set it, or write what stands for it, {{env:" + name + ":…}}";
    }

    static String noBean(CamelContext context, String name) {
        return "no bean is named '" + name + "'"
                + RouteRules.hint(
                        name,
                        context.getRegistry().findByTypeWithName(Object.class).keySet());
    }

    static String noMethod(Object bean, String method) {
        return "no method is named '" + method + "' in " + bean.getClass().getSimpleName()
                + RouteRules.hint(method, methods(bean));
    }

    static Set<String> methods(Object bean) {
        return Arrays.stream(bean.getClass().getMethods()).map(Method::getName).collect(Collectors.toSet());
    }

    private static String one(String text) {
        return Shown.line(text.strip().replaceAll("\\s+", " "));
    }
}
