package dev.caravan.sandbox;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * How to start a sandbox.
 *
 * @param ports every service's port; 0 picks a free one
 * @param data the folder in which everything survives a restart; empty keeps everything in memory
 * @param faultyAws whether clients reach the AWS services through a proxy that can fail and be watched
 */
public record SandboxOptions(Map<Service, Integer> ports, Optional<Path> data, boolean faultyAws) {
    /** Throws {@link IllegalArgumentException} when a service has no port, or one outside 0 to 65535. */
    public SandboxOptions {
        ports = Map.copyOf(ports);
        for (Service service : Service.values()) {
            int port = ports.getOrDefault(service, -1);
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException(service.option() + " must be a port from 0 to 65535");
            }
        }
    }

    /** The well-known ports, in memory. */
    public static SandboxOptions defaults() {
        return each(Service::defaultPort);
    }

    /** Free ports, in memory: for tests, any number of which may run at once. */
    public static SandboxOptions anyPorts() {
        return each(service -> 0);
    }

    /** The same with the given folder to keep everything in. */
    public SandboxOptions withData(Path folder) {
        return new SandboxOptions(ports, Optional.of(folder), faultyAws);
    }

    /** The same with {@link Sandbox#awsFaults()} and {@link Sandbox#observe}. */
    public SandboxOptions withFaultyAws() {
        return new SandboxOptions(ports, data, true);
    }

    /** The same with another port for one service. */
    public SandboxOptions withPort(Service service, int port) {
        Map<Service, Integer> changed = new EnumMap<>(ports);
        changed.put(service, port);
        return new SandboxOptions(changed, data, faultyAws);
    }

    /** The port of one service. */
    public int port(Service service) {
        return ports.getOrDefault(service, 0);
    }

    private static SandboxOptions each(ToIntFunction<Service> port) {
        Map<Service, Integer> ports = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            ports.put(service, port.applyAsInt(service));
        }
        return new SandboxOptions(ports, Optional.empty(), false);
    }
}
