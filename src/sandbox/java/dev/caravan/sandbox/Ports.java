package dev.caravan.sandbox;

import dev.caravan.sandbox.parts.FreePort;
import dev.caravan.sandbox.parts.Loopback;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.stream.Stream;

/** Looks at ports before anything is started on them. */
final class Ports {
    private Ports() {}

    /** The same options with a free port wherever 0 stood. Throws {@link PortInUseException} when a port that was asked for is taken. */
    static SandboxOptions resolve(SandboxOptions options) {
        SandboxOptions resolved = options;
        for (Service service : Service.values()) {
            int port = options.port(service);
            if (port == 0) {
                resolved = resolved.withPort(service, free(options));
            } else {
                try {
                    FreePort.bind(port);
                } catch (IOException e) {
                    throw new PortInUseException(service, port, e);
                }
            }
        }
        return resolved;
    }

    /** As many free ports as are asked for, none of them one of the options'. */
    static List<Integer> free(SandboxOptions options, int count) {
        return Stream.generate(() -> free(options)).limit(count).toList();
    }

    static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(Loopback.address(port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int free(SandboxOptions options) {
        int port = FreePort.pick();
        while (options.ports().containsValue(port)) {
            port = FreePort.pick();
        }
        return port;
    }
}
