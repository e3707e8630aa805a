package dev.caravan.sandbox.redshift;

import dev.caravan.sandbox.redshift.copy.S3Objects;
import dev.caravan.sandbox.redshift.wire.MessageBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens, and holds what the sessions share. */
final class Gateway implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
    private static final int BACKLOG = 200;

    private final Faults faults;
    private final S3Objects s3;
    private final Credentials credentials;
    private final AtomicInteger queries = new AtomicInteger(1000);
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final Map<Long, Session> cancelKeys = new ConcurrentHashMap<>();
    private final int port;
    private ServerSocket listener;
    private Thread acceptor = Thread.currentThread();
    private boolean closed;

    private volatile int backendPort;
    private volatile LoadTables tables;

    @SuppressWarnings("NullAway.Init") // tables: set by serve(), before the first connection is accepted
    Gateway(int port, Faults faults, S3Objects s3, Credentials credentials) {
        this.faults = faults;
        this.s3 = s3;
        this.credentials = credentials;
        this.listener = listen(port);
        this.port = listener.getLocalPort();
    }

    /** Accepts connections from now on. */
    synchronized void serve(int backend, LoadTables loadTables) {
        backendPort = backend;
        tables = loadTables;
        accept(listener);
        faults.onRefusing(this::refuse);
    }

    int port() {
        return port;
    }

    Faults faults() {
        return faults;
    }

    S3Objects s3() {
        return s3;
    }

    Credentials credentials() {
        return credentials;
    }

    LoadTables tables() {
        return tables;
    }

    int nextQuery() {
        return queries.incrementAndGet();
    }

    Socket openBackend() throws IOException {
        Socket socket = new Socket(Ports.loopback(), backendPort);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** A session's cancel key, as PostgreSQL gave it to the client. */
    void register(Session session, int process, int secret) {
        cancelKeys.put(key(process, secret), session);
    }

    void forget(Session session) {
        sessions.remove(session);
        cancelKeys.values().remove(session);
    }

    /** A client's cancel request: for what the gateway runs itself, and for PostgreSQL. */
    void cancel(int process, int secret) throws IOException {
        Session session = cancelKeys.get(key(process, secret));
        if (session == null) {
            return;
        }
        session.cancel();
        try (Socket backend = openBackend()) {
            backend.getOutputStream()
                    .write(new MessageBuilder()
                            .int32(16)
                            .int32(StartUp.CANCEL)
                            .int32(process)
                            .int32(secret)
                            .toByteArray());
            backend.getInputStream().read(); // PostgreSQL closes when it has passed the signal on
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        listener.close();
        sessions.forEach(Session::end);
    }

    /** A refused connection is one that nobody listens to. */
    private synchronized void refuse(boolean refuse) {
        try {
            if (refuse) {
                listener.close();
                // Until the accepting thread has left it, the system goes on listening.
                acceptor.join();
            } else if (listener.isClosed() && !closed) {
                listener = listen(port);
                accept(listener);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            try {
                socket.bind(Ports.loopback(port), BACKLOG);
                return socket;
            } catch (IOException e) {
                socket.close();
                throw e;
            }
        } catch (IOException e) {
            throw Ports.inUse(port, "the sandbox's Redshift", "port", e);
        }
    }

    private void accept(ServerSocket on) {
        acceptor = daemon("redshift-accept", () -> {
            while (!on.isClosed()) {
                try {
                    Session session = new Session(this, on.accept());
                    sessions.add(session);
                    daemon("redshift-session", session);
                } catch (IOException e) {
                    LOG.debug("No longer accepting: {}", e.getMessage());
                }
            }
        });
    }

    static Thread daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static long key(int process, int secret) {
        return ((long) process << Integer.SIZE) | Integer.toUnsignedLong(secret);
    }
}
