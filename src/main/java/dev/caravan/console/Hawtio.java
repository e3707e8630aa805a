package dev.caravan.console;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.net.URL;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hawtio's pages at {@code /hawtio/} of Camel's management server ({@code camel.management.*}), which serves Jolokia and health
 * already. There is no login: whoever can reach the server from this machine may use it, as far as {@code jolokia-access.xml} lets
 * them.
 */
public final class Hawtio implements StartupListener {
    private static final Logger LOG = LoggerFactory.getLogger(Hawtio.class);
    private static final String HOME = "/hawtio/";
    private static final String POLICY = "jolokia.policyLocation";

    private Hawtio() {}

    /** Has the pages served from the time when the context starts; without a management server with Jolokia, does nothing. */
    public static void install(CamelContext context) {
        nameThePolicy();
        try {
            context.addStartupListener(new Hawtio());
        } catch (Exception e) {
            throw new IllegalStateException("Can't install Hawtio", e);
        }
    }

    /** Called again, with {@code alreadyStarted}, after each route that is reloaded. */
    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        ManagementHttpServer server = context.hasService(ManagementHttpServer.class);
        if (!alreadyStarted && server != null && server.isJolokiaEnabled()) {
            mount(server.getRouter(), server.getJolokiaPath());
            LOG.info("Hawtio: http://{}:{}{}", browsable(server.getHost()), server.getPort(), HOME);
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

    /** Jolokia's own handler is there already; what guards it has to come before it. */
    private static void mount(Router router, String jolokiaPath) {
        router.route(HOME + "*").order(-2).handler(Guard::local);
        router.route(jolokiaPath + "/*").order(-2).handler(Guard::local);
        router.route(jolokiaPath + "/*").order(-1).handler(Guard::sameOrigin);

        router.get("/").handler(request -> request.redirect(HOME));
        // What Hawtio asks its server before it shows itself: who is logged in, and which plugins there are.
        router.get(HOME + "user").handler(json("\"public\""));
        router.get(HOME + "plugin").handler(json("[]"));
        router.get(HOME + "*").handler(Hawtio::unframed).handler(StaticHandler.create("hawtio-static"));
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

    /** In a frame of a foreign page, a person's clicks could be stolen. */
    private static void unframed(RoutingContext request) {
        request.response().putHeader("X-Frame-Options", "DENY").putHeader("X-Content-Type-Options", "nosniff");
        request.next();
    }

    private static Handler<RoutingContext> json(String body) {
        return request -> request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(body);
    }

    private static String browsable(String host) {
        return host.equals("127.0.0.1") || host.equals("0.0.0.0") ? "localhost" : host;
    }
}
