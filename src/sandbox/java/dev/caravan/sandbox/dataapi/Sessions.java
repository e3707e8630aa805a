package dev.caravan.sandbox.dataapi;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Connections that outlive a statement. One that idles for too long is closed, and what it has not committed is gone. */
final class Sessions implements AutoCloseable {
    private final Map<String, Session> open = new HashMap<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "redshift-data-sessions");
        thread.setDaemon(true);
        return thread;
    });

    /** One, which is busy from the start. */
    static final class Session {
        private final String id = UUID.randomUUID().toString();
        private final Connection connection;
        private final int idleSeconds;
        private boolean busy = true;
        private long used;

        private Session(Connection connection, int idleSeconds) {
            this.connection = connection;
            this.idleSeconds = idleSeconds;
        }

        String id() {
            return id;
        }

        Connection connection() {
            return connection;
        }
    }

    synchronized Session begin(Connection connection, int idleSeconds) {
        Session session = new Session(connection, idleSeconds);
        open.put(session.id, session);
        return session;
    }

    /** Takes one for a statement. Throws the service's error if it is gone or busy. */
    synchronized Session take(String id) {
        Session session = open.get(id);
        if (session == null) {
            throw DataApiError.invalid("Session is not available");
        }
        if (session.busy) {
            throw DataApiError.invalid("Session is busy: a query of it is running");
        }
        session.busy = true;
        return session;
    }

    /** The statement is over. */
    synchronized void rest(Session session) {
        session.busy = false;
        long use = ++session.used;
        var unused = clock.schedule(() -> end(session, use), session.idleSeconds, TimeUnit.SECONDS);
    }

    /** Ends all, as the service may when it wants to. */
    synchronized void endAll() {
        open.values().stream().toList().forEach(this::end);
    }

    private synchronized void end(Session session, long use) {
        if (!session.busy && session.used == use) {
            end(session);
        }
    }

    private void end(Session session) {
        open.remove(session.id);
        try {
            session.connection.close();
        } catch (SQLException e) {
            // it has gone already
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        endAll();
    }
}
