package dev.caravan.sandbox;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Looks at ports before anything is started on them. */
final class Ports {
    // Below the range from which Linux takes the local ends of outgoing connections, so that none of those can take a
    // port
    // between our look and the server's start.
    private static final int LOWEST = 20_000, HIGHEST = 32_000;

    private Ports() {}

    /** The same options with a free port wherever 0 stood. Throws {@link PortInUseException} when a port that was asked for is taken. */
    static SandboxOptions resolve(SandboxOptions options) {
        Set<Integer> used = new HashSet<>(options.ports().values());
        SandboxOptions resolved = options;
        for (Service service : Service.values()) {
            int port = options.port(service);
            if (port == 0) {
                port = free(used);
                used.add(port);
                resolved = resolved.withPort(service, port);
            } else {
                try {
                    bind(port);
                } catch (IOException e) {
                    throw new PortInUseException(service, port, e);
                }
            }
        }
        return resolved;
    }

    /** As many free ports as are asked for, none of them one of the options'. */
    static List<Integer> free(SandboxOptions options, int count) {
        Set<Integer> used = new HashSet<>(options.ports().values());
        return Stream.generate(() -> free(used)).peek(used::add).limit(count).toList();
    }

    static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int free(Set<Integer> used) {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (used.contains(port)) {
                continue;
            }
            try {
                bind(port);
                return port;
            } catch (IOException taken) {
                // try the next
            }
        }
    }

    private static void bind(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // a port whose last connections are in TIME_WAIT is free
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        }
    }
}
