package dev.caravan.sandbox.parts;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of loopback for servers that are about to start. They are below the range from which Linux takes the local ends of outgoing connections; a
 * process doesn't pick the same one soon again; and test JVMs that run side by side pick from ranges of their own ({@code caravan.fork} is their
 * number, from 1). So nobody takes a port between the look and the server's start.
 */
public final class FreePort {
    private static final int LOWEST = 20_000;
    private static final int RANGE = 3_000;
    private static final int RANGES = 4;

    private static final AtomicInteger LAST =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(RANGE));

    private FreePort() {}

    /** One at which nothing listens. */
    public static int pick() {
        int range = LOWEST + Integer.getInteger("caravan.fork", 0) % RANGES * RANGE;
        while (true) {
            int port = range + LAST.updateAndGet(last -> (last + 1) % RANGE);
            try {
                bind(port);
                return port;
            } catch (IOException taken) {
                // try the next
            }
        }
    }

    /** Throws if something listens at it. */
    public static void bind(int port) throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // a port whose last connections are in TIME_WAIT is free
            socket.bind(Loopback.address(port));
        }
    }
}
