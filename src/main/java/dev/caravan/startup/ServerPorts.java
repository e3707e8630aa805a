package dev.caravan.startup;

import dev.caravan.startup.check.SettingNames;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;

/**
 * Whether the servers of console, health and metrics, and of HTTP routes if there are any, can have the ports that they are told. Camel warns of a port that is
 * taken, and runs on without the server.
 */
final class ServerPorts {
    private static final Pattern WHOLE = Pattern.compile("\\{\\{([^{}:]+)(:[^{}]*)?}}");
    private static final int HIGHEST = 65_535;

    private final CamelContext context;
    private final Map<String, String> settings;

    ServerPorts(CamelContext context) {
        this.context = context;
        settings = FirstCheck.settings(context);
    }

    /** A sentence for each port that can't be had; none if the servers have begun to listen. */
    List<String> faults(String file) {
        List<String> faults = new ArrayList<>();
        VertxPlatformHttpServer server = context.hasService(VertxPlatformHttpServer.class);
        if (server != null && server.isStarted()) {
            return faults;
        }
        for (String group : List.of("camel.management.", "camel.server.")) {
            if (text(group + "enabled", "false").equals("true")) {
                String host = text(group + "host", "0.0.0.0");
                String port = text(group + "port", group.equals("camel.server.") ? "8080" : "9876");
                if (port.matches("[1-9]\\d{0,4}") && Integer.parseInt(port) <= HIGHEST) {
                    fault(group, host, Integer.parseInt(port))
                            .map(fault -> file + ": " + fault)
                            .ifPresent(faults::add);
                }
            }
        }
        return faults;
    }

    private Optional<String> fault(String group, String host, int port) {
        String key = key(group + "port");
        Optional<IOException> thrown = bind(host, port);
        if (thrown.isEmpty()) {
            return Optional.empty();
        }
        if (bind(host, 0).isPresent()) {
            return Optional.of(
                    key(group + "host") + " = " + host
                            + ": this machine has no such address: write 127.0.0.1, 0.0.0.0 for all that it has, or one of them");
        }
        String choose = "choose another port here, or with " + SettingNames.variable(key);
        return Optional.of(key + " = " + port + ": "
                + (String.valueOf(thrown.get().getMessage()).contains("ermission")
                        ? "this process may not listen there: " + choose
                        : "another process listens at " + host + ":" + port
                                + " already, perhaps another Caravan: stop it, or " + choose));
    }

    private static Optional<IOException> bind(String host, int port) {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            return Optional.of(new SocketException("unknown host"));
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // a port whose last connections are in TIME_WAIT is free
            socket.bind(address);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    /** The setting that a person would change. */
    private String key(String key) {
        Matcher whole = WHOLE.matcher(settings.getOrDefault(key, ""));
        return whole.matches() ? whole.group(1) : key;
    }

    private String text(String key, String otherwise) {
        return context.resolvePropertyPlaceholders("{{" + key + ":" + otherwise + "}}")
                .strip();
    }
}
