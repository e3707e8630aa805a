package dev.caravan.operate.console;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.net.URL;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Camel's management server ({@code camel.management.*}), which serves Jolokia, health and metrics already: guarded, and with Hawtio's
 * pages at {@code /hawtio/}. There is no login: whoever can reach the server from this machine may use Hawtio, as far as
 * {@code jolokia-access.xml} lets them.
 */
public final class Hawtio extends LifecycleStrategySupport implements StartupListener {
    private static final Logger LOG = LoggerFactory.getLogger(Hawtio.class);
    private static final String HOME = "/hawtio/";
    private static final String POLICY = "jolokia.policyLocation";

    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private boolean mounted;

    private Hawtio() {}

    /** Has the server guarded, and the pages served, before the context starts; without a management server, does nothing. */
    public static void install(CamelContext context) {
        nameThePolicy();
        Hawtio hawtio = new Hawtio();
        context.addLifecycleStrategy(hawtio);
        try {
            context.addStartupListener(hawtio);
        } catch (Exception e) {
            throw new IllegalStateException("Can't install Hawtio", e);
        }
    }

    /** The server is there already, except under {@code camel run}, which may make it later. */
    @Override
    public void onContextInitializing(CamelContext context) {
        mount(context);
    }

    /** Called again, with {@code alreadyStarted}, after each route that is reloaded. */
    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        mount(context);
        ManagementHttpServer server = context.hasService(ManagementHttpServer.class);
        if (server != null && server.isJolokiaEnabled()) {
            if (!alreadyStarted) {
                LOG.info("Hawtio: http://{}:{}{}", browsable(server.getHost()), port(server), HOME);
            }
            tellWhatCantBeDrawn(context);
        }
    }

    /** Camel dumps a route's errorHandler before its {@code from}; Hawtio takes it for the first box, and can draw no route from then on. */
    private void tellWhatCantBeDrawn(CamelContext context) {
        context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions().stream()
                .filter(route -> route.getErrorHandler() != null)
                .map(RouteDefinition::getRouteId)
                .filter(told::add)
                .forEach(route -> LOG.warn(
                        "Hawtio can't draw any route while route {} has an errorHandler of its own: put it into a"
                                + " routeConfiguration, as errors.camel.yaml does for route tell",
                        route));
    }

    private void mount(CamelContext context) {
        ManagementHttpServer server = context.hasService(ManagementHttpServer.class);
        if (mounted || server == null || server.getRouter() == null) {
            return;
        }
        mounted = true;
        Guard.mount(server.getRouter(), Hosts.of(context.resolvePropertyPlaceholders("{{" + Hosts.SETTING + ":}}")));
        if (server.isHealthCheckEnabled()) {
            HealthPages.mount(server.getRouter(), context, server.getHealthPath());
        }
        if (server.isJolokiaEnabled()) {
            Guard.mountConsole(server.getRouter(), HOME, server.getJolokiaPath());
            mountPages(server.getRouter());
        }
    }

    /**
     * Jolokia looks for its policy beside its own classes, which under {@code camel run} are apart from ours, and without one it
     * allows everything. Another policy can be named by this system property, or in the environment.
     */
    private static void nameThePolicy() {
        URL policy = Objects.requireNonNull(Hawtio.class.getResource("/jolokia-access.xml"), "jolokia-access.xml");
        if (System.getenv("JOLOKIA_POLICY_LOCATION") == null && System.getProperty(POLICY) == null) {
            System.setProperty(POLICY, policy.toString());
        }
    }

    private static void mountPages(Router router) {
        router.get("/").handler(request -> request.redirect(HOME));
        // What Hawtio asks its server before it shows itself: who is logged in, and which plugins there are.
        router.get(HOME + "user").handler(json("\"public\""));
        router.get(HOME + "plugin").handler(json("[]"));
        router.get(HOME + "static/js/*").blockingHandler(new WholeDiagrams("/hawtio-static/static/js/"));
        router.get(HOME + "*").handler(StaticHandler.create("hawtio-static"));
        // Its other addresses, for example /hawtio/camel/routes, exist in the browser only.
        router.get(HOME + "*").handler(request -> {
            String accepted = request.request().getHeader(HttpHeaders.ACCEPT);
            if (accepted != null && accepted.contains("text/html")) {
                request.reroute(HOME + "index.html");
            } else {
                request.next();
            }
        });
    }

    private static Handler<RoutingContext> json(String body) {
        return request -> request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(body);
    }

    /** The one that it listens at, which with port 0 is any that was free. */
    private static int port(ManagementHttpServer server) {
        return server.getRouter() == null
                ? server.getPort()
                : server.getRouter().getServer().getPort();
    }

    private static String browsable(String host) {
        return host.equals("127.0.0.1") || host.equals("0.0.0.0") ? "localhost" : host;
    }
}
