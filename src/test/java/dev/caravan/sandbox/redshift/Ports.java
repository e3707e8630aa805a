package dev.caravan.sandbox.redshift;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Loopback addresses: nothing here is reachable from another machine. */
final class Ports {
    private Ports() {}

    static InetAddress loopback() {
        try {
            return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // four bytes are an address
        }
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(loopback(), port);
    }

    static IllegalStateException inUse(int port, String what, String parameter, IOException cause) {
        return new IllegalStateException(
                "Port " + port + " for " + what + " is in use (" + cause.getMessage()
                        + "): stop what listens there, or choose another " + parameter + " (0 picks a free one)",
                cause);
    }
}
