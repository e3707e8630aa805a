package dev.caravan.sandbox.parts;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands bytes on between clients and a port of this machine; or, when asked to, lets them vanish, as a network does that has forgotten a connection: nobody hears of it. */
public final class HalfOpenProxy implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HalfOpenProxy.class);

    private final int behind;
    private final Listener listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean swallows;

    /** @param behind the port where connections lead */
    public HalfOpenProxy(int behind) {
        this.behind = behind;
        listener = new Listener("a proxy", 0);
        listener.serve(client -> Listener.daemon("half-open", () -> connect(client)));
    }

    public int port() {
        return listener.port();
    }

    /** From now on nothing that is sent arrives, on connections that are there and on those that come. */
    public void swallow() {
        swallows = true;
    }

    /** Ends the connections that there are; those that come work. */
    public void heal() {
        swallows = false;
        sockets.forEach(HalfOpenProxy::end);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        sockets.forEach(HalfOpenProxy::end);
    }

    private void connect(Socket client) {
        try {
            Socket server = new Socket(Loopback.address(behind).getAddress(), behind);
            sockets.add(client);
            sockets.add(server);
            Listener.daemon("half-open-answers", () -> copy(server, client));
            copy(client, server);
        } catch (IOException e) {
            LOG.debug("No connection: {}", e.toString());
            end(client);
        }
    }

    private void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[1 << 13];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (!swallows) {
                    out.write(buffer, 0, n);
                    out.flush();
                }
            }
        } catch (IOException e) {
            LOG.debug("Connection ended: {}", e.toString());
        } finally {
            if (!swallows) {
                end(from);
                end(to);
            }
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("Closing a connection", e);
        }
    }
}
