package dev.caravan.sandbox.faults;

import dev.caravan.sandbox.parts.Listener;
import dev.caravan.sandbox.parts.Loopback;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A way to a port on which connections can hang, as they do behind a firewall that has forgotten them: they stay open, whatever is sent in either direction
 * is swallowed, and neither side is told.
 */
public final class SwallowingProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SwallowingProxy.class);
    private static final int BUFFER = 1 << 13;

    private final Listener listener = new Listener("a proxy of the sandbox", 0);
    private final int behind;
    private final boolean tellsEnds;
    private final Set<Way> ways = ConcurrentHashMap.newKeySet();
    private volatile boolean swallows;

    private SwallowingProxy(int behind, boolean tellsEnds) {
        this.behind = behind;
        this.tellsEnds = tellsEnds;
        listener.serve(this::connected);
    }

    /** Who closes is heard even where nothing else is, so that no connection to a port outlives its client. */
    public static SwallowingProxy thatTellsEnds(int behind) {
        return new SwallowingProxy(behind, true);
    }

    /** Who closes isn't heard either: what hangs is half open until it is {@linkplain #cut}. */
    public static SwallowingProxy halfOpen(int behind) {
        return new SwallowingProxy(behind, false);
    }

    /** Where clients connect. */
    public int port() {
        return listener.port();
    }

    /** From now on the connections that there are hang, for ever, and so do new ones. */
    public void swallow() {
        swallows = true;
        ways.forEach(way -> way.hangs = true);
    }

    /** New connections work again. */
    public void letThrough() {
        swallows = false;
    }

    /** The same, and those that there are end. */
    public void cut() {
        letThrough();
        ways.forEach(Way::end);
    }

    private void connected(Socket client) {
        try {
            Socket server = new Socket(Loopback.address(), behind);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            Way way = new Way(client, server);
            ways.add(way);
            way.hangs = swallows;
            Listener.daemon("there", () -> way.pass(client, server));
            Listener.daemon("back", () -> way.pass(server, client));
        } catch (IOException e) {
            LOG.debug("There is nothing behind: {}", e.getMessage());
            close(client);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        ways.forEach(Way::end);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("Closing", e);
        }
    }

    private final class Way {
        private final Socket client;
        private final Socket server;
        private volatile boolean hangs;

        private Way(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        private void pass(Socket from, Socket to) {
            byte[] bytes = new byte[BUFFER];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                    if (!hangs) {
                        out.write(bytes, 0, read);
                    }
                }
            } catch (IOException e) {
                LOG.debug("A connection ended: {}", e.getMessage());
            } finally {
                if (tellsEnds || !hangs) {
                    end();
                }
            }
        }

        private void end() {
            close(client);
            close(server);
            ways.remove(this);
        }
    }
}
