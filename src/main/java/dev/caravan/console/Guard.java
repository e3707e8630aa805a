package dev.caravan.console;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;

/**
 * Keeps web pages that a person visits from using their browser to reach the console, which has no login. What requests may do is in
 * {@code jolokia-access.xml}; this is about who makes a browser send them.
 */
final class Guard {
    private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> OWN_PAGES = Set.of("same-origin", "none");

    private Guard() {}

    /** Only under this machine's own names: a foreign name that is made to point here (DNS rebinding) would be its page's own origin. */
    static void local(RoutingContext request) {
        HostAndPort asked = request.request().authority();
        next(request, asked != null && LOCAL_NAMES.contains(asked.host()));
    }

    /** Only from the console's own pages, or from no page at all (curl). */
    static void sameOrigin(RoutingContext request) {
        HttpServerRequest http = request.request();
        String origin = http.getHeader("Origin");
        String site = http.getHeader("Sec-Fetch-Site");
        next(
                request,
                (origin == null || origin.equals(http.scheme() + "://" + http.authority()))
                        && (site == null || OWN_PAGES.contains(site)));
    }

    private static void next(RoutingContext request, boolean allowed) {
        if (allowed) {
            request.next();
        } else {
            request.response()
                    .setStatusCode(403)
                    .putHeader("Content-Type", "text/plain")
                    .end("Refused: the console answers its own pages only, at http://localhost or http://127.0.0.1\n");
        }
    }
}
