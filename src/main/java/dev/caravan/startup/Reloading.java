package dev.caravan.startup;

import dev.caravan.operate.jmx.Management;
import dev.caravan.operate.reload.FaultsHealth;
import dev.caravan.operate.reload.LiveRoutes;
import dev.caravan.operate.reload.ShippedRoutes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.support.RouteWatcherReloadStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has edits of {@code routes/} taken up, if that is wanted, and has health say which routes are missing or were refused. */
final class Reloading {
    private static final Logger LOG = LoggerFactory.getLogger(Reloading.class);

    private final Core core;
    private final CamelContext context;

    Reloading(Core core) {
        this.core = core;
        context = core.context();
    }

    /** Before any route starts. */
    void prepare(Management management) {
        ShippedRoutes shipped = new ShippedRoutes(context);
        List<RouteWatcherReloadStrategy> camels = watchers();
        if (!core.settings().reload() && camels.isEmpty()) {
            health(() -> shipped.faults(Set.of()));
            return;
        }
        camels.forEach(camel -> camel.setResourceReload((name, resource) -> {}));
        LiveRoutes routes = live(Path.of(core.settings().text("camel.main.routesReloadDirectory", "routes")));
        health(() -> Stream.concat(shipped.faults(routes.changing()).stream(), routes.faults().stream())
                .toList());
        core.bind("feedsHealth", new FaultsHealth("feeds", core.feeds()::refused));
        var unused = context.getExecutorServiceManager()
                .newSingleThreadScheduledExecutor(this, "CaravanRoutes")
                .scheduleWithFixedDelay(() -> look(routes, management), 1, 1, TimeUnit.SECONDS);
    }

    /** What readiness says of routes, the log says once, at the start. */
    private void health(Supplier<List<String>> faults) {
        core.bind("routesHealth", new FaultsHealth("routes", faults));
        core.onceStarted((started, already) -> {
            if (!already) {
                faults.get().forEach(fault -> LOG.warn("{}", fault));
            }
        });
    }

    /** Camel's own, which take a route away before they know whether the new one can be created: {@code camel run --dev} has one. */
    private List<RouteWatcherReloadStrategy> watchers() {
        return context.getCamelContextExtension().getServices().stream()
                .filter(service -> service.getClass() == RouteWatcherReloadStrategy.class)
                .map(RouteWatcherReloadStrategy.class::cast)
                .toList();
    }

    private LiveRoutes live(Path folder) {
        try {
            LOG.info("Changes in {}/ are taken up while Caravan runs", folder);
            return new LiveRoutes(context, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Feeds are read again when somebody asks for one; who edits them wants to hear of a mistake before the next file lands. */
    private void look(LiveRoutes routes, Management management) {
        try {
            if (context.isStarted()) {
                routes.look();
                management.refresh(context);
            }
        } catch (RuntimeException e) {
            LOG.warn("Can't look for changes in routes/: {}", e.getMessage());
        }
    }
}
