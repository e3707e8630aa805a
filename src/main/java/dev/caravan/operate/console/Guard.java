package dev.caravan.operate.console;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps web pages that a person visits from using their browser to reach the console, which has no login. What requests may do is in
 * {@code jolokia-access.xml}; this is about who makes a browser send them.
 */
final class Guard {
    private static final Set<String> OWN_PAGES = Set.of("same-origin", "none");
    /** A page can't have a browser send these to another server without asking that first, and is not given leave. */
    private static final Set<String> JSON = Set.of("application/json", "text/json");

    private static final String OWN_PAGES_ONLY =
            "the console answers its own pages only, at http://localhost or http://127.0.0.1";

    private final Hosts hosts;

    private Guard(Hosts hosts) {
        this.hosts = hosts;
    }

    /** Stands before all that the server has, or will have. */
    static void mount(Router router, Hosts hosts) {
        Guard guard = new Guard(hosts);
        router.route().order(-6).handler(Guard::confined);
        router.route().order(-5).handler(guard::known);
    }

    static void mountConsole(Router router, String pages, String jolokia) {
        router.route(pages + "*").order(-4).handler(Guard::local);
        router.route(jolokia + "/*").order(-4).handler(Guard::local);
        router.route(jolokia + "/*").order(-3).handler(Guard::sameOrigin);
        router.get(jolokia).order(-2).handler(Guard::found);
        router.route(jolokia + "/*").order(-1).handler(Guard::posted);
    }

    /** In a frame of a foreign page, a person's clicks could be stolen; as a script or picture of one, what is here could be guessed at. */
    private static void confined(RoutingContext request) {
        request.response()
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Content-Security-Policy", "frame-ancestors 'none'")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Referrer-Policy", "same-origin");
        request.next();
    }

    private void known(RoutingContext request) {
        next(
                request,
                hosts.isKnown(request.request()),
                "nothing here is called by that name; if it is yours, add it to " + Hosts.SETTING);
    }

    /** Whoever has this machine's address may see health; the console is for who is on it. */
    private static void local(RoutingContext request) {
        next(request, Hosts.isLocal(request.request()), OWN_PAGES_ONLY);
    }

    /** Only from the console's own pages, or from no page at all (curl). */
    private static void sameOrigin(RoutingContext request) {
        HttpServerRequest http = request.request();
        String own = http.scheme() + "://" + http.authority();
        String origin = http.getHeader("Origin");
        String referer = http.getHeader("Referer");
        String site = http.getHeader("Sec-Fetch-Site");
        next(
                request,
                (origin == null || origin.equals(own))
                        && (referer == null
                                || referer.isEmpty()
                                || referer.equals(own)
                                || referer.startsWith(own + "/"))
                        && (site == null || OWN_PAGES.contains(site)),
                OWN_PAGES_ONLY);
    }

    /** Hawtio's pages look for Jolokia by a GET before they post; that is answered here, so that Jolokia itself gets none. */
    private static void found(RoutingContext request) {
        if (request.request().query() == null) {
            request.response()
                    .putHeader("Content-Type", "application/json")
                    .end("{\"value\":{\"agent\":\"asked by POST\"}}");
        } else {
            request.next();
        }
    }

    /** A link, a picture or a form of a foreign page is no such request. */
    private static void posted(RoutingContext request) {
        HttpServerRequest http = request.request();
        if (!http.method().equals(HttpMethod.POST)) {
            refuse(request.response().setStatusCode(405).putHeader("Allow", "POST"), "Jolokia is asked by POST here");
            return;
        }
        String type =
                String.valueOf(http.getHeader("Content-Type")).split(";", 2)[0].strip();
        if (JSON.contains(type.toLowerCase(Locale.ROOT))) {
            request.next();
        } else {
            refuse(request.response().setStatusCode(415), "Jolokia is asked with Content-Type: application/json here");
        }
    }

    private static void next(RoutingContext request, boolean allowed, String why) {
        if (allowed) {
            request.next();
        } else {
            refuse(request.response().setStatusCode(403), why);
        }
    }

    private static void refuse(HttpServerResponse response, String why) {
        response.putHeader("Content-Type", "text/plain").end("Refused: " + why + "\n");
    }
}
