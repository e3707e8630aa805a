package dev.caravan.operate.reload;

import dev.caravan.pipeline.redshifttopostgres.mirror.TableMirror;
import dev.caravan.pipeline.tabletoredshift.sync.TableSync;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/** The routes without which files and tables aren't loaded, or nobody is told; whoever replaces one keeps its id. Those of syncs are missed where there is a sync, those of mirrors where there is a mirror. */
public final class ShippedRoutes {
    private static final Set<String> OF_SYNCS = Set.of("sync", "plan-sync", "extract-table", "finish-sync", "end-sync");

    private static final Set<String> OF_MIRRORS =
            Set.of("mirror", "run-mirror", "compare", "unload", "apply", "end-mirror");

    /** Those that are files. */
    static final Set<String> FILES = Stream.concat(
                    Stream.of("receive", "batch", "load", "copy", "skipped", "notify", "announce", "tell", "park"),
                    Stream.concat(OF_SYNCS.stream(), OF_MIRRORS.stream()))
            .collect(Collectors.toUnmodifiableSet());

    static final Set<String> IDS =
            Stream.concat(FILES.stream(), JavaRoutes.ids().stream()).collect(Collectors.toUnmodifiableSet());

    /** Where Camel keeps why a route couldn't be started. */
    private static final String FAILED_START = "route.start.exception";

    private final CamelContext context;

    public ShippedRoutes(CamelContext context) {
        this.context = context;
    }

    /**
     * A sentence for each that is missing, and for each route that failed to start.
     *
     * @param changing those that are being exchanged now
     */
    public List<String> faults(Set<String> changing) {
        List<String> faults = new ArrayList<>();
        for (String id : new TreeSet<>(IDS)) {
            if (!changing.contains(id) && context.getRoute(id) == null && isWanted(id)) {
                faults.add("route " + id + " is missing: "
                        + (FILES.contains(id) ? "bring its file in routes/ back, and restart" : "restart"));
            }
        }
        context.getRoutes().stream()
                .filter(route -> !changing.contains(route.getRouteId())
                        && route.getProperties().get(FAILED_START) instanceof Exception)
                .forEach(route -> faults.add("route " + route.getRouteId() + " doesn't start: "
                        + ((Exception) route.getProperties().get(FAILED_START)).getMessage()));
        return faults;
    }

    private boolean isWanted(String id) {
        return isWanted(id, OF_SYNCS, TableSync.class) && isWanted(id, OF_MIRRORS, TableMirror.class);
    }

    /** Whether it is none of these routes, or there is a bean that they are for, or another of them. */
    private boolean isWanted(String id, Set<String> routes, Class<?> bean) {
        return !routes.contains(id)
                || !context.getRegistry().findByType(bean).isEmpty()
                || routes.stream().anyMatch(other -> context.getRoute(other) != null);
    }
}
