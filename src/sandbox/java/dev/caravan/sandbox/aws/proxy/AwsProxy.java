package dev.caravan.sandbox.aws.proxy;

import dev.caravan.sandbox.faults.Watch;
import dev.caravan.sandbox.parts.Listener;
import java.io.IOException;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One service's public port. */
final class AwsProxy implements AutoCloseable {
    static final int BUFFER = 1 << 13;

    private static final Logger LOG = LoggerFactory.getLogger(AwsProxy.class);

    private final AwsService service;
    private final int behind;
    private final AwsFaults faults;
    private final Watch watch;
    private final Listener listener;
    private final Set<ProxyConnection> connections = ConcurrentHashMap.newKeySet();

    /** @param behind the stand-in's own port */
    AwsProxy(AwsService service, int port, int behind, AwsFaults faults, Watch watch) {
        this.service = service;
        this.behind = behind;
        this.faults = faults;
        this.watch = watch;
        listener = new Listener("the sandbox's " + service, port);
        listener.serve(this::connected);
    }

    AwsService service() {
        return service;
    }

    int behind() {
        return behind;
    }

    AwsFaults faults() {
        return faults;
    }

    Watch watch() {
        return watch;
    }

    void forget(ProxyConnection connection) {
        connections.remove(connection);
    }

    /** Whether nobody is to reach the service from now on. */
    void refuse(boolean refuse) {
        listener.refuse(refuse);
        if (refuse) {
            connections.forEach(ProxyConnection::reset);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        connections.forEach(ProxyConnection::reset);
    }

    private void connected(Socket client) {
        try {
            ProxyConnection connection = new ProxyConnection(this, client);
            connections.add(connection);
            Listener.daemon("proxy-" + service.text(), connection);
        } catch (IOException e) {
            LOG.debug("A connection has gone again: {}", e.getMessage());
        }
    }
}
