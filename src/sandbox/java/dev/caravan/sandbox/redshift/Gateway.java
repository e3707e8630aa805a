package dev.caravan.sandbox.redshift;

import dev.caravan.sandbox.faults.Watch;
import dev.caravan.sandbox.parts.Listener;
import dev.caravan.sandbox.parts.Loopback;
import dev.caravan.sandbox.redshift.copy.s3.AccessKeys;
import dev.caravan.sandbox.redshift.copy.s3.S3Objects;
import dev.caravan.sandbox.redshift.fault.Faults;
import dev.caravan.sandbox.redshift.unload.UnloadTables;
import dev.caravan.sandbox.redshift.wire.Message;
import dev.caravan.sandbox.redshift.wire.MessageBuilder;
import dev.caravan.sandbox.redshift.wire.Messages;
import java.io.IOException;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens, and holds what the sessions share. */
final class Gateway implements AutoCloseable {
    private static final Pattern LONG_CONTEXT = Pattern.compile("context: {3}.{129}");
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final Faults faults;
    private final S3Objects s3;
    private final AtomicInteger queries = new AtomicInteger(1000);
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final Map<Long, Session> cancelKeys = new ConcurrentHashMap<>();
    private final Quirks quirks;
    private final Watch watch;
    private final Listener listener;

    private final Set<AccessKeys> accepted = ConcurrentHashMap.newKeySet();
    private volatile Credentials credentials;
    private volatile int backendPort;
    private volatile LoadTables tables;
    private volatile UnloadTables unloads;

    @SuppressWarnings("NullAway.Init") // tables, unloads: set by serve(), before the first connection is accepted
    Gateway(int port, Faults faults, Quirks quirks, Watch watch, S3Objects s3, Credentials credentials) {
        this.faults = faults;
        this.quirks = quirks;
        this.watch = watch;
        this.s3 = s3;
        this.credentials = credentials;
        this.listener = new Listener("the sandbox's Redshift", port);
    }

    /** Accepts connections from now on. */
    void serve(int backend, LoadTables loadTables, UnloadTables unloadTables) {
        backendPort = backend;
        tables = loadTables;
        unloads = unloadTables;
        listener.serve(this::connected);
        faults.onRefusing(listener::refuse);
    }

    private void connected(Socket client) {
        try {
            Session session = new Session(this, client);
            sessions.add(session);
            Listener.daemon("redshift-session", session);
        } catch (IOException e) {
            LOG.debug("A connection has gone again: {}", e.getMessage());
        }
    }

    int port() {
        return listener.port();
    }

    Faults faults() {
        return faults;
    }

    Quirks quirks() {
        return quirks;
    }

    Watch watch() {
        return watch;
    }

    S3Objects s3() {
        return s3;
    }

    Credentials credentials() {
        return credentials;
    }

    /** New connections need these from now on; those that are open stay. */
    void admit(Credentials changed) {
        credentials = changed;
    }

    /** The AWS keys with which COPY may read S3, and UNLOAD write it. */
    Set<AccessKeys> accepted() {
        return accepted;
    }

    LoadTables tables() {
        return tables;
    }

    UnloadTables unloads() {
        return unloads;
    }

    int nextQuery() {
        return queries.incrementAndGet();
    }

    Socket openBackend() throws IOException {
        Socket socket = new Socket(Loopback.address(), backendPort);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** An error as this cluster lets its clients see it. */
    Message seen(Message error) {
        boolean hidden = quirks.has(Quirk.NO_DETAIL)
                || (quirks.has(Quirk.NO_LONG_DETAIL)
                        && LONG_CONTEXT
                                .matcher(Messages.fields(error).getOrDefault('D', ""))
                                .find());
        return hidden ? Messages.without(error, 'D') : error;
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
    public void close() throws IOException {
        listener.close();
        sessions.forEach(Session::end);
    }

    private static long key(int process, int secret) {
        return ((long) process << Integer.SIZE) | Integer.toUnsignedLong(secret);
    }
}
