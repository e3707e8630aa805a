package dev.caravan.operate.console;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Serves Hawtio's scripts so that a diagram of all routes fits the page: its drawing library, React Flow, doesn't zoom out below a half by default
 * ("minZoom" of its API reference), and Hawtio leaves that as it is, so that the page shows the middle of a large diagram, where there may be no box. A script
 * without that default is served as it is.
 */
final class WholeDiagrams implements Handler<RoutingContext> {
    /** As it is written in the library's minified code: a parameter's default. */
    private static final Pattern LEAST_ZOOM = Pattern.compile("(minZoom:\\w{1,3}=)\\.5(?=,maxZoom:)");

    private static final Pattern NAME = Pattern.compile("[\\w.-]+\\.chunk\\.js");

    /** As the pages' other files are kept by a browser, so that this one isn't sent again with each page. */
    private static final String KEPT = "public, max-age=86400";

    private final String folder;

    /** @param folder of the scripts, on the class path */
    WholeDiagrams(String folder) {
        this.folder = folder;
    }

    @Override
    public void handle(RoutingContext request) {
        String path = request.normalizedPath();
        String name = path.substring(path.lastIndexOf('/') + 1);
        Optional<Buffer> script = NAME.matcher(name).matches() ? zooming(name) : Optional.empty();
        script.ifPresentOrElse(
                text -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/javascript;charset=UTF-8")
                        .putHeader(HttpHeaders.CACHE_CONTROL, KEPT)
                        .end(text),
                request::next);
    }

    private Optional<Buffer> zooming(String name) {
        try (InputStream in = getClass().getResourceAsStream(folder + name)) {
            if (in == null) {
                return Optional.empty();
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String zooming = LEAST_ZOOM.matcher(text).replaceAll("$1.05");
            return zooming.equals(text) ? Optional.empty() : Optional.of(Buffer.buffer(zooming));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
