package dev.caravan.routes;

import dev.caravan.operate.reload.JavaRoutes;
import dev.caravan.sandbox.RouteFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;

/**
 * A route that is shipped, with the ids that a person gave.
 *
 * @param group as Hawtio shows it
 * @param id its own
 * @param steps those of what Hawtio draws: where it begins, its steps, and what happens when one fails
 */
public record RouteFile(String group, String id, List<String> steps) {
    private static final Path ROUTES = Path.of("routes");
    private static final Set<String> SHARED = Set.of("load", "tell");
    private static final Pattern ID = Pattern.compile("\\bid: ([\\w-]+)");
    private static final Pattern CATCH = Pattern.compile("(?m)^( *)doCatch:\n(\\1 .*\n)+");
    private static final Pattern CONFIGURATION = Pattern.compile("routeConfigurationId: ([\\w-]+)");

    /** All of them. */
    public static List<RouteFile> shipped() throws IOException {
        Map<String, List<String>> errors = errors();
        List<RouteFile> routes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROUTES, 2)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String text = Files.readString(file);
                if (text.contains("\n- route:\n")) {
                    List<String> ids = new ArrayList<>(ids(text));
                    String id = ids.remove(0);
                    CONFIGURATION.matcher(text).results().forEach(wanted -> ids.addAll(errors.get(wanted.group(1))));
                    routes.add(new RouteFile(group(file.getName(1).toString()), id, List.copyOf(ids)));
                }
            }
        }
        for (String id : JavaRoutes.ids()) {
            RouteDefinition route = inJava(id);
            List<String> ids = new ArrayList<>(List.of(route.getInput().getId()));
            steps(route, ids);
            ids.addAll(errors.get(route.getRouteConfigurationId()));
            routes.add(new RouteFile(route.getGroup(), id, List.copyOf(ids)));
        }
        return routes;
    }

    /** A route that is shipped in Java, as Camel has it. */
    static RouteDefinition inJava(String id) {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(JavaRoutes.of(id));
            return context.getRouteDefinition(id);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void steps(ProcessorDefinition<?> parent, List<String> ids) {
        for (ProcessorDefinition<?> step : parent.getOutputs()) {
            ids.add(step.getId());
            steps(step, ids);
        }
    }

    /** The group of a folder's routes: what pipelines share is shown among those of the one that has it. */
    static String group(String folder) {
        return SHARED.contains(folder) ? "s3-to-redshift" : folder;
    }

    private static Map<String, List<String>> errors() throws IOException {
        Map<String, List<String>> errors = new LinkedHashMap<>();
        for (Path file : RouteFolders.files()) {
            if (file.endsWith("errors.camel.yaml")) {
                for (String configuration : Files.readString(file).split("\n- routeConfiguration:\n", -1)) {
                    List<String> ids = ids(configuration);
                    if (!ids.isEmpty()) {
                        errors.put(ids.get(0), ids.subList(1, ids.size()));
                    }
                }
            }
        }
        return errors;
    }

    /** Without those of {@code doCatch}, which Camel leaves out when it dumps a route that it has read from YAML. */
    private static List<String> ids(String text) {
        return ID.matcher(CATCH.matcher(text).replaceAll(""))
                .results()
                .map(id -> id.group(1))
                .toList();
    }
}
