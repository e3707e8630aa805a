package dev.caravan.startup.check;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PackageScanResourceResolver;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * What stands in the files of routes, with its places, before Camel reads them. A file that is no YAML has nothing here: Camel says why.
 *
 * @param files how many there are
 * @param texts all values
 * @param beans all that are defined for all routes
 * @param routes all routes and route configurations that have an id
 */
public record RouteTexts(int files, List<Text> texts, List<NamedBean> beans, List<NamedRoute> routes) {
    /** @param place file and line */
    public record Text(String place, String text) {}

    /**
     * A bean as it is written.
     *
     * @param place file and line of its name, or a setting
     * @param type what is written of its class; may be empty
     * @param typePlace where that is written
     * @param properties file and line of each
     */
    public record NamedBean(String name, String place, String type, String typePlace, Map<String, String> properties) {
        String file() {
            return place.replaceFirst(", line \\d+$", "");
        }
    }

    /**
     * A route, or a route configuration, as it is written.
     *
     * @param kind which of the two
     */
    public record NamedRoute(String kind, String id, String file) {}

    /** @param patterns as in {@code camel.main.routesIncludePattern} */
    public static RouteTexts of(CamelContext context, String patterns) {
        return of(files(context, patterns));
    }

    static RouteTexts of(Collection<Resource> files) {
        Reader reader = new Reader();
        files.forEach(reader::read);
        return new RouteTexts(reader.files.size(), reader.texts, reader.beans, reader.routes);
    }

    /** The files themselves. */
    public static List<Resource> files(CamelContext context, String patterns) {
        Map<String, Resource> found = new LinkedHashMap<>();
        PackageScanResourceResolver files = PluginHelper.getPackageScanResourceResolver(context);
        for (String pattern : patterns.split(",", -1)) {
            try {
                files.findResources(pattern.strip()).stream()
                        .sorted(Comparator.comparing(Resource::getLocation))
                        .forEach(file -> found.putIfAbsent(file.getLocation(), file));
            } catch (Exception e) {
                // Camel says why, when it looks for them itself
            }
        }
        return List.copyOf(found.values());
    }

    private static final class Reader {
        private final Set<String> files = new TreeSet<>();
        private final List<Text> texts = new ArrayList<>();
        private final List<NamedBean> beans = new ArrayList<>();
        private final List<NamedRoute> routes = new ArrayList<>();

        void read(Resource resource) {
            if (!files.add(resource.getLocation()) || !resource.getLocation().endsWith(".yaml")) {
                return;
            }
            String file = resource.getLocation().replaceFirst("^file:", "");
            try (InputStream in = resource.getInputStream()) {
                new Compose(LoadSettings.builder().setLabel(file).build())
                        .composeInputStream(in)
                        .ifPresent(root -> {
                            texts(file, root);
                            for (Node item : items(root)) {
                                items(child(item, "beans")).forEach(bean -> bean(file, bean));
                                route("route", item, file);
                                route("routeConfiguration", item, file);
                            }
                        });
            } catch (Exception e) {
                // Camel says why, when it reads it
            }
        }

        private void texts(String file, Node node) {
            if (node instanceof ScalarNode scalar) {
                texts.add(new Text(place(file, node), scalar.getValue()));
            } else if (node instanceof SequenceNode sequence) {
                sequence.getValue().forEach(item -> texts(file, item));
            } else if (node instanceof MappingNode mapping) {
                for (NodeTuple tuple : mapping.getValue()) {
                    if (!scalar(tuple.getKeyNode()).matches("description|note")) {
                        texts(file, tuple.getValueNode());
                    }
                }
            }
        }

        private void bean(String file, Node bean) {
            child(bean, "name").ifPresent(name -> {
                Optional<Node> type = child(bean, "type");
                beans.add(new NamedBean(
                        scalar(name),
                        place(file, name),
                        type.map(Reader::scalar).orElse(""),
                        place(file, type.orElse(name)),
                        properties(file, child(bean, "properties"))));
            });
        }

        private static Map<String, String> properties(String file, Optional<Node> node) {
            Map<String, String> places = new TreeMap<>();
            if (node.orElse(null) instanceof MappingNode mapping) {
                mapping.getValue()
                        .forEach(tuple ->
                                places.putIfAbsent(scalar(tuple.getKeyNode()), place(file, tuple.getKeyNode())));
            }
            return places;
        }

        private void route(String kind, Node item, String file) {
            child(item, kind)
                    .flatMap(route -> child(route, "id"))
                    .map(Reader::scalar)
                    .filter(id -> !id.isEmpty() && !id.contains("{{"))
                    .ifPresent(id -> routes.add(
                            new NamedRoute(kind.equals("route") ? "route" : "route configuration", id, file)));
        }

        private static List<Node> items(Node node) {
            return node instanceof SequenceNode sequence ? sequence.getValue() : List.of();
        }

        private static List<Node> items(Optional<Node> node) {
            return node.map(Reader::items).orElse(List.of());
        }

        private static Optional<Node> child(Node node, String key) {
            return node instanceof MappingNode mapping
                    ? mapping.getValue().stream()
                            .filter(tuple -> scalar(tuple.getKeyNode()).equals(key))
                            .map(NodeTuple::getValueNode)
                            .findFirst()
                    : Optional.empty();
        }

        private static String scalar(Node node) {
            return node instanceof ScalarNode scalar ? scalar.getValue() : "";
        }

        private static String place(String file, Node node) {
            return file
                    + node.getStartMark()
                            .map(mark -> ", line " + (mark.getLine() + 1))
                            .orElse("");
        }
    }
}
