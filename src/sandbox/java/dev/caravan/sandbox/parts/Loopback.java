package dev.caravan.sandbox.parts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Loopback addresses: nothing here is reachable from another machine. */
public final class Loopback {
    private Loopback() {}

    public static InetAddress address() {
        try {
            return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // four bytes are an address
        }
    }

    public static InetSocketAddress address(int port) {
        return new InetSocketAddress(address(), port);
    }

    /** What to say when a port is taken, and what to do. */
    public static IllegalStateException inUse(int port, String what, IOException cause) {
        return new IllegalStateException(
                "Port " + port + " for " + what + " is in use (" + cause.getMessage()
                        + "): stop what listens there, or choose another port (0 picks a free one)",
                cause);
    }
}
