package dev.caravan.sandbox.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A loopback port whose connections are handed on, and which can refuse them for a while. */
public final class Listener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int BACKLOG = 200;

    private final String what;
    private final int port;
    private ServerSocket socket;
    private Optional<Consumer<Socket>> connections = Optional.empty();
    private Thread acceptor = Thread.currentThread();
    private boolean closed;

    /**
     * Listens, so that connecting works from now on.
     *
     * @param what listens, for messages: {@code the sandbox's Redshift}
     * @param port 0 picks a free one
     * @throws IllegalStateException when the port is in use
     */
    public Listener(String what, int port) {
        this.what = what;
        this.socket = listen(port);
        this.port = socket.getLocalPort();
    }

    /** Hands over every connection from now on, in a thread that it must not hold up. */
    public synchronized void serve(Consumer<Socket> consumer) {
        connections = Optional.of(consumer);
        accept(consumer);
    }

    public int port() {
        return port;
    }

    /** While it refuses, nobody listens: connecting fails as with a host that is down. */
    public synchronized void refuse(boolean refuse) {
        try {
            if (refuse) {
                socket.close();
                // Until the accepting thread has left it, the system goes on listening.
                acceptor.join();
            } else if (socket.isClosed() && !closed) {
                socket = listen(port);
                connections.ifPresent(this::accept);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        socket.close();
    }

    private ServerSocket listen(int on) {
        try {
            ServerSocket listening = new ServerSocket();
            listening.setReuseAddress(true);
            try {
                listening.bind(Loopback.address(on), BACKLOG);
                return listening;
            } catch (IOException e) {
                listening.close();
                throw e;
            }
        } catch (IOException e) {
            throw Loopback.inUse(on, what, e);
        }
    }

    private void accept(Consumer<Socket> consumer) {
        ServerSocket on = socket;
        acceptor = daemon("accept for " + what, () -> {
            while (!on.isClosed()) {
                try {
                    consumer.accept(on.accept());
                } catch (IOException e) {
                    LOG.debug("No longer accepting: {}", e.getMessage());
                }
            }
        });
    }

    /** Starts a thread that doesn't keep the JVM alive. */
    public static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
