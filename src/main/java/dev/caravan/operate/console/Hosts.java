package dev.caravan.operate.console;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names by which a request may call this server. A web page that has its own name point here (DNS rebinding) is of the same origin
 * as what it then reads, and only by that name can it be told from others: probes and scrapers call an address, or a name that isn't
 * on the internet's DNS.
 */
public final class Hosts {
    /** The setting with further names for health and metrics. */
    public static final String SETTING = "caravan.console.observe-hosts";

    private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Pattern ADDRESS = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");
    private static final Pattern WITHOUT_DOT = Pattern.compile("[a-z0-9_-]+");
    private static final Pattern NAME = Pattern.compile("(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*");

    private final List<String> more;

    private Hosts(List<String> more) {
        this.more = more;
    }

    /** @param setting names, comma separated; {@code *.example.com} stands for all that end so */
    static Hosts of(String setting) {
        return new Hosts(names(setting).toList());
    }

    /** What of the setting is no host name, and stands for none. */
    public static List<String> faults(String setting) {
        return names(setting).filter(name -> !NAME.matcher(name).matches()).toList();
    }

    private static Stream<String> names(String setting) {
        return Arrays.stream(setting.split(","))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty());
    }

    /** Whether this machine is called, and by its own name. */
    static boolean isLocal(HttpServerRequest request) {
        String host = host(request);
        return host != null && LOCAL_NAMES.contains(host);
    }

    /** Whether no foreign name is called. A request that names nobody is none of a browser's. */
    boolean isKnown(HttpServerRequest request) {
        String host = host(request);
        return host == null
                ? request.getHeader("Host") == null
                : ADDRESS.matcher(host).matches()
                        || WITHOUT_DOT.matcher(host).matches()
                        || more.stream().anyMatch(name -> isNamed(host, name));
    }

    private static boolean isNamed(String host, String name) {
        return name.startsWith("*.") ? host.endsWith(name.substring(1)) : host.equals(name);
    }

    private static @Nullable String host(HttpServerRequest request) {
        HostAndPort called = request.authority();
        return called == null || called.host() == null ? null : called.host().toLowerCase(Locale.ROOT);
    }
}
