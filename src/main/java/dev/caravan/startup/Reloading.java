package dev.caravan.startup;

import dev.caravan.feed.Feeds;
import dev.caravan.management.Management;
import dev.caravan.reload.FaultsHealth;
import dev.caravan.reload.LiveRoutes;
import dev.caravan.reload.ShippedRoutes;
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

    private final CamelContext context;
    private final Feeds feeds;

    Reloading(CamelContext context, Feeds feeds) {
        this.context = context;
        this.feeds = feeds;
    }

    /** Before any route starts. */
    void prepare(Settings settings, Management management) {
        ShippedRoutes shipped = new ShippedRoutes(context);
        List<RouteWatcherReloadStrategy> camels = watchers();
        if (!settings.reload() && camels.isEmpty()) {
            health(() -> shipped.faults(Set.of()));
            return;
        }
        camels.forEach(camel -> camel.setResourceReload((name, resource) -> {}));
        LiveRoutes routes = live(Path.of(settings.text("camel.main.routesReloadDirectory", "routes")));
        health(() -> Stream.concat(shipped.faults(routes.changing()).stream(), routes.faults().stream())
                .toList());
        context.getRegistry().bind("feedsHealth", new FaultsHealth("feeds", feeds::refused));
        var unused = context.getExecutorServiceManager()
                .newSingleThreadScheduledExecutor(this, "CaravanRoutes")
                .scheduleWithFixedDelay(() -> look(routes, management), 1, 1, TimeUnit.SECONDS);
    }

    private void health(Supplier<List<String>> faults) {
        context.getRegistry().bind("routesHealth", new FaultsHealth("routes", faults));
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
            }
            management.refresh(context);
        } catch (RuntimeException e) {
            LOG.warn("Can't look for changes in routes/: {}", e.getMessage());
        }
    }
}
