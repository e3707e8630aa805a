package dev.caravan.operate.reload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PatternHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up what changes in {@code routes/}. A file whose text can't be read, created or started changes nothing: what ran goes on, and the log and
 * {@link #faults} say what is wrong until the file is fixed, or again what it was. For use by one thread; the faults may be read by any.
 */
public final class LiveRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);

    private final CamelContext context;
    private final RouteFiles files;
    private final Map<String, String> inForce = new TreeMap<>();
    private final Map<String, Optional<String>> refused = new HashMap<>();
    private final Map<String, String> faults = new ConcurrentSkipListMap<>();
    private volatile Set<String> changing = Set.of();
    private Map<String, String> seen;

    /** Takes what stands in the folder now for what runs. */
    public LiveRoutes(CamelContext context, Path folder) throws IOException {
        this.context = context;
        this.files = new RouteFiles(folder);
        this.seen = files.read();
        this.inForce.putAll(seen);
    }

    /** What stands in {@code routes/} and isn't in force, a sentence for each file: what is wrong, and what runs instead. */
    public List<String> faults() {
        return List.copyOf(faults.values());
    }

    /** The routes that are being exchanged at this moment, and are therefore not there. */
    public Set<String> changing() {
        return changing;
    }

    /** Takes up what has changed; a file counts when it says the same as at the look before, so that nobody is seen writing. */
    public void look() {
        Map<String, String> before = seen;
        try {
            seen = files.read();
        } catch (IOException e) {
            LOG.debug("Can't read the routes: {}", e.getMessage());
            return;
        }
        Set<String> names = new TreeSet<>(seen.keySet());
        names.addAll(inForce.keySet());
        for (String file : names) {
            Optional<String> text = Optional.ofNullable(seen.get(file));
            if (text.equals(Optional.ofNullable(before.get(file))) && !text.equals(refused.get(file))) {
                found(file, text);
            }
        }
        faults.keySet().retainAll(names);
        refused.keySet().retainAll(names);
    }

    private void found(String file, Optional<String> text) {
        if (text.isPresent() && text.equals(Optional.ofNullable(inForce.get(file)))) {
            if (faults.remove(file) != null) {
                LOG.info("{} says again what runs", file);
            }
            refused.remove(file);
        } else if (text.filter(says -> !saysNothing(says)).isEmpty()) {
            nothing(file, text);
        } else {
            changed(file, text.get());
        }
    }

    private static boolean saysNothing(String text) {
        return text.lines().map(String::strip).allMatch(line -> line.isEmpty() || line.startsWith("#"));
    }

    private void changed(String file, String text) {
        try {
            Draft draft = Draft.of(context, RouteFiles.resource(file, text));
            Set<String> before = inForce.containsKey(file)
                    ? Draft.of(context, RouteFiles.resource(file, inForce.get(file)))
                            .configurationIds()
                    : Set.of();
            List<String> wrong = draft.faults(context, seen.keySet(), before);
            if (!wrong.isEmpty()) {
                refuse(file, text, String.join("; ", wrong));
            } else if (draft.isEmpty()) {
                nothing(file, Optional.of(text));
            } else {
                take(file, text, draft);
            }
        } catch (Exception e) {
            refuse(file, text, words(file, List.of(), e));
        }
    }

    private void take(String file, String text, Draft draft) throws Exception {
        Map<String, String> texts = new TreeMap<>(Map.of(file, text));
        List<Draft> drafts = new ArrayList<>(List.of(draft));
        for (String other : files(routesWith(draft.configurations()))) {
            if (!other.equals(file) && inForce.containsKey(other)) {
                texts.put(other, inForce.get(other));
                drafts.add(Draft.of(context, RouteFiles.resource(other, inForce.get(other))));
            }
        }
        List<Resource> resources = texts.entrySet().stream()
                .map(e -> RouteFiles.resource(e.getKey(), e.getValue()))
                .toList();
        Set<String> ids = drafts.stream()
                .flatMap(d -> d.routes().stream())
                .map(RouteDefinition::getRouteId)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> inJava = routesWith(draft.configurations())
                .filter(JavaRoutes::isOne)
                .map(RouteDefinition::getRouteId)
                .filter(id -> !ids.contains(id))
                .collect(Collectors.toCollection(TreeSet::new));
        ids.addAll(inJava);
        Trial trial = new Trial(context, withConfigurations(resources), inJava);
        try {
            trial.create(ids);
            changing = ids;
            new Swap(context, drafts, inJava).take(resources);
        } catch (Exception e) {
            refuse(file, text, words(file, trial.routes(), e));
            return;
        } finally {
            changing = Set.of();
        }
        inForce.put(file, text);
        faults.remove(file);
        refused.clear();
        LOG.info("{} has changed{}", file, ids.isEmpty() ? "" : ": " + routes(ids) + " anew");
        Set<String> left = new TreeSet<>(idsOf(file));
        left.removeAll(ids);
        if (!left.isEmpty()) {
            LOG.info("{} no longer defines {}, which runs until a restart", file, String.join(", ", left));
        }
    }

    /** With the files of all other route configurations, which the routes may ask for as well. */
    private List<Resource> withConfigurations(List<Resource> resources) {
        Set<String> others = Draft.model(context).getRouteConfigurationDefinitions().stream()
                .flatMap(configuration -> Optional.ofNullable(configuration.getResource()).stream())
                .map(resource -> RouteFiles.name(resource.getLocation()))
                .collect(Collectors.toCollection(TreeSet::new));
        resources.forEach(resource -> others.remove(RouteFiles.name(resource.getLocation())));
        return Stream.concat(
                        resources.stream(),
                        inForce.entrySet().stream()
                                .filter(other -> others.contains(other.getKey()))
                                .map(other -> RouteFiles.resource(other.getKey(), other.getValue())))
                .toList();
    }

    private Stream<RouteDefinition> routesWith(List<RouteConfigurationDefinition> configurations) {
        return Draft.model(context).getRouteDefinitions().stream()
                .filter(route -> RouteRules.wanted(route).stream()
                        .anyMatch(wanted -> configurations.stream()
                                .anyMatch(configuration -> PatternHelper.matchPattern(configuration.getId(), wanted))));
    }

    private static Set<String> files(Stream<RouteDefinition> routes) {
        return routes.filter(route -> route.getResource() != null)
                .map(route -> RouteFiles.name(route.getResource().getLocation()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** A file that is gone or has nothing in it. */
    private void nothing(String file, Optional<String> text) {
        Set<String> ids = new HashSet<>(idsOf(file));
        String what = file + (text.isEmpty() ? " is gone" : " is empty");
        refused.put(file, text);
        if (ids.stream().anyMatch(ShippedRoutes.FILES::contains)) {
            tell(file, what + ": bring it back; " + routes(ids) + " as before, and would be missing after a restart");
        } else {
            faults.remove(file);
            LOG.info("{}: what it said stays in force until a restart", what);
        }
    }

    private void refuse(String file, String text, String words) {
        refused.put(file, Optional.of(text));
        Set<String> ids = idsOf(file);
        tell(
                file,
                words + "; until the file is fixed, "
                        + (ids.isEmpty() ? "all runs as before" : routes(ids) + " as before"));
    }

    private String words(String file, List<RouteDefinition> routes, Exception e) {
        return RouteProblem.inWords(context, routes, e)
                .orElseGet(() -> (routes.size() == 1
                                ? RouteProblem.place(routes, routes.get(0).getRouteId(), "")
                                : file + ": ")
                        + RouteProblem.reason(context, e));
    }

    private void tell(String file, String words) {
        if (!words.equals(faults.put(file, words))) {
            LOG.warn("Not taken up: {}", words);
        }
    }

    private Set<String> idsOf(String file) {
        return Draft.model(context).getRouteDefinitions().stream()
                .filter(route -> route.getResource() != null
                        && RouteFiles.name(route.getResource().getLocation()).equals(file))
                .map(RouteDefinition::getRouteId)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String routes(Set<String> ids) {
        return ids.size() == 1
                ? "route " + ids.iterator().next() + " runs"
                : "routes " + String.join(", ", new TreeSet<>(ids)) + " run";
    }
}
